//! The layer as code: complete files that stand beside the zip, one for each tool. A row each, and a text that follows
//! from the release; every format has a writer of its own, in which what a person typed can only be a text.

mod cdk;
mod cloudformation;
mod code;
mod console;
mod github;
mod hcl;
mod literal;
mod makefile;
mod pulumi;
mod sample;
mod serverless;
mod stack;
mod terraform;
mod yaml;

use super::commands::REFUSED_BY_AWS;
use super::release::Release;
use crate::tables::rules::{self, Rule};

/// What is known of a snippet before any layer is built.
#[derive(Debug)]
pub struct Format {
    /// The name, e.g. `"cloudformation"`.
    pub id: &'static str,
    /// What a person reads above it.
    pub title: &'static str,
    /// What the file is called.
    pub file: &'static str,
    /// The language, for its colours; empty for plain text.
    pub language: &'static str,
    text: fn(&Release) -> String,
}

/// Every snippet, in the order in which they are shown.
#[rustfmt::skip]
pub const FORMATS: &[Format] = &[
    Format { id: "sam",            title: "SAM",                  file: "template.yaml",                       language: "yaml",       text: cloudformation::sam },
    Format { id: "cloudformation", title: "CloudFormation",       file: "layer.yaml",                          language: "yaml",       text: cloudformation::cloudformation },
    Format { id: "cdkTypescript",  title: "CDK, TypeScript",      file: "app.ts",                              language: "typescript", text: cdk::typescript },
    Format { id: "cdkPython",      title: "CDK, Python",          file: "app.py",                              language: "python",     text: cdk::python },
    Format { id: "terraform",      title: "Terraform",            file: "layer.tf",                            language: "hcl",        text: terraform::terraform },
    Format { id: "pulumi",         title: "Pulumi",               file: "index.ts",                            language: "typescript", text: pulumi::pulumi },
    Format { id: "serverless",     title: "Serverless Framework", file: "serverless.yml",                      language: "yaml",       text: serverless::serverless },
    Format { id: "githubActions",  title: "GitHub Actions",       file: ".github/workflows/publish-layer.yml", language: "yaml",       text: github::workflow },
    Format { id: "makefile",       title: "Make",                 file: "layer.mk",                            language: "",           text: makefile::makefile },
    Format { id: "console",        title: "AWS console",          file: "console.txt",                         language: "",           text: console::steps },
];

/// A file, or an empty text where there can be none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The name of its format.
    pub id: &'static str,
    /// The file's text.
    pub text: String,
}

/// All snippets. `errors` are the rules that error findings broke: what AWS is known to refuse is empty.
pub fn snippets(release: &Release, errors: &[&Rule]) -> Vec<Snippet> {
    let refused = REFUSED_BY_AWS.iter().chain([&rules::INVALID_AUDIENCE]).any(|rule| errors.contains(rule));
    let text = |format: &Format| if refused { String::new() } else { (format.text)(release) };
    FORMATS.iter().map(|format| Snippet { id: format.id, text: text(format) }).collect()
}

/// Lines as a comment, each after the mark.
fn comment(mark: &str, lines: &[String]) -> String {
    let lines = lines.iter().flat_map(|text| text.lines());
    lines.map(|line| format!("{mark} {line}").trim_end().to_owned() + "\n").collect()
}

/// A region as a part of a name, e.g. `"_eu_west_1"`; `""` where there is only one.
fn region_suffix(release: &Release, region: &str) -> String {
    if release.regions().len() > 1 { format!("_{}", region.replace('-', "_")) } else { String::new() }
}

/// What is said where Lambda is to refer to the zip in the bucket and the tool can't ask for that.
const NO_REFERENCE: &str = "Lambda copies the zip: this tool has no word for the storage mode reference.";

/// The remarks that a tool without that storage mode needs.
fn without_reference(release: &Release) -> Vec<String> {
    let referenced = release.way() == super::release::Way::Referenced;
    referenced.then(|| NO_REFERENCE.to_owned()).into_iter().collect()
}

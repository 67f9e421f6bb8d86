//! A GitHub Actions workflow that publishes the zip beside it, without a secret: AWS trusts GitHub's own identity.
//!
//! Source: <https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services>.

use super::comment;
use super::yaml::Yaml;
use crate::choices::Settings;
use crate::publish::commands::{SideFile, script_of};
use crate::publish::release::Release;

/// The workflow; empty where there is no command to publish.
pub fn workflow(release: &Release) -> String {
    // The job has the role that it takes on, no profile.
    let settings = Settings { profile: String::new(), ..release.settings.clone() };
    let release = Release { settings: &settings, ..*release };
    let (script, files) = script_of("publishIfChanged", &release);
    if script.is_empty() {
        return String::new();
    }
    let regions = release.regions();
    let region = match regions.first() {
        Some(region) if !region.is_empty() => Yaml::Text((*region).to_owned()),
        _ => Yaml::Text("${{ vars.AWS_REGION }}".into()),
    };
    let credentials =
        Yaml::map([("role-to-assume", Yaml::Text("${{ vars.AWS_ROLE_ARN }}".into())), ("aws-region", region)]);
    let steps = vec![
        Yaml::map([("uses", Yaml::Word("actions/checkout@v4"))]),
        Yaml::map([("uses", Yaml::Word("aws-actions/configure-aws-credentials@v4")), ("with", credentials)]),
        Yaml::map([("run", Yaml::Lines(literal(&script) + "\n"))]),
    ];
    let job = Yaml::map([("runs-on", Yaml::Word("ubuntu-latest")), ("steps", Yaml::List(steps))]);
    let paths = [release.file, ".github/workflows/publish-layer.yml"];
    let paths = paths.into_iter().chain(files.iter().map(|file| file.name.as_str()));
    let push = Yaml::map([("branches", Yaml::List(vec![Yaml::Word("main")])), ("paths", Yaml::texts(paths))]);
    let workflow = Yaml::map([
        ("name", Yaml::Word("Publish layer")),
        ("on", Yaml::map([("workflow_dispatch", Yaml::map([])), ("push", push)])),
        ("permissions", Yaml::map([("id-token", Yaml::Word("write")), ("contents", Yaml::Word("read"))])),
        ("jobs", Yaml::map([("publish", job)])),
    ]);
    // "{}" would do as well; an empty value is how people write it.
    let text = workflow.to_text().replace("workflow_dispatch: {}\n", "workflow_dispatch:\n");
    let mut remarks = vec![
        format!("{} lies at the top of the repository{}.", release.file, beside(&files)),
        "The variable AWS_ROLE_ARN names a role that trusts this repository and may publish layers.".into(),
    ];
    if regions == [""] {
        remarks.push("The variable AWS_REGION names the region.".into());
    }
    comment("#", &remarks) + &text
}

fn beside(files: &[SideFile]) -> String {
    files.iter().map(|file| format!(", and {} beside it", file.name)).collect()
}

/// A text in which no expression is replaced.
fn literal(text: &str) -> String {
    text.replace("${{", "${{ '${{' }}")
}

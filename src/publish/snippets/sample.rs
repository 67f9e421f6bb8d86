//! A function that uses the layer: what each language needs to say hello.

use crate::choices::Settings;
use crate::tables::runtimes::{Language, Runtime, Support};

/// A function's own part.
pub struct Sample {
    /// What it runs on.
    pub runtime: &'static Runtime,
    /// The entry point.
    pub handler: &'static str,
    /// The code, where it can stand in a template; else it lies in a folder beside it.
    pub code: &'static str,
    /// The architecture, where one is chosen.
    pub architecture: &'static str,
}

/// Entry point and code by language. Code stands in templates for Node.js and Python only.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html>.
#[rustfmt::skip]
const SAMPLES: &[(Language, &str, &str)] = &[
    (Language::Python,   "index.handler",       "def handler(event, context):\n    return {\"statusCode\": 200}\n"),
    (Language::NodeJs,   "index.handler",       "exports.handler = async () => ({ statusCode: 200 });\n"),
    (Language::Ruby,     "function.handler",    ""),
    (Language::Java,     "example.Handler::handleRequest", ""),
    (Language::DotNet,   "Function::Function.Handler::Handle", ""),
    (Language::Go,       "main",                ""),
    (Language::Provided, "bootstrap",           ""),
];

/// The sample for the newest runtime that is chosen and supported; else the last that is chosen.
pub fn sample(settings: &Settings) -> Option<Sample> {
    let chosen = settings.runtimes();
    let current = chosen.iter().filter(|runtime| matches!(runtime.support, Support::Current { .. }));
    let runtime = *current.max_by_key(|runtime| runtime.numbers()).or(chosen.last())?;
    let (_, handler, code) = SAMPLES.iter().find(|(language, _, _)| *language == runtime.language)?;
    let architectures = settings.architectures();
    let fitting = architectures.iter().find(|architecture| runtime.architectures.contains(architecture));
    Some(Sample { runtime, handler, code, architecture: fitting.map_or("", |architecture| architecture.id()) })
}

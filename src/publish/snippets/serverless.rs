//! The Serverless Framework.
//!
//! Source: <https://www.serverless.com/framework/docs/providers/aws/guide/layers>.

use super::cloudformation::permission;
use super::stack::{free_text, permission_name, stack_name};
use super::yaml::Yaml;
use super::{comment, without_reference};
use crate::choices::Audience;
use crate::publish::release::Release;

/// A service of the layer alone.
pub fn serverless(release: &Release) -> String {
    let settings = release.settings;
    let free = free_text(release);
    let audiences = settings.audiences();
    let organizations: Vec<&Audience> =
        audiences.iter().filter(|audience| matches!(audience, Audience::Organization(_))).collect();
    let accounts = audiences.iter().filter(|audience| !matches!(audience, Audience::Organization(_)));
    let mut remarks = vec!["The zip lies in the folder of this file.".to_owned()];
    let regions = release.regions();
    if regions.len() > 1 {
        remarks.push("In each region:".into());
        remarks.extend(regions.iter().map(|region| format!("  serverless deploy --region {region}")));
    }
    if !organizations.is_empty() {
        remarks
            .push("Old versions go: a layer that is to be retained has a name that no permission can refer to.".into());
    }
    let (description, license) = (literal(free.description), literal(free.license));
    for (field, written) in [("description", &description), ("license", &license)] {
        if written.is_none() {
            remarks.push(format!("The {field} is left out: Serverless would read the $${{ in it as a variable."));
        }
    }
    remarks.extend(free.remarks);
    remarks.extend(without_reference(release));
    let provider = Yaml::map([("name", Yaml::Word("aws"))])
        .with("region", Yaml::Text(regions.first().copied().unwrap_or("").to_owned()))
        .with("profile", Yaml::Text(settings.profile.clone()));
    let layer = Yaml::map([
        ("name", Yaml::Text(release.plain_name().to_owned())),
        ("package", Yaml::map([("artifact", Yaml::Text(release.file.to_owned()))])),
    ])
    .with("description", Yaml::Text(description.unwrap_or_default()))
    .with("licenseInfo", Yaml::Text(license.unwrap_or_default()))
    .with("compatibleRuntimes", Yaml::texts(settings.runtimes().iter().map(|runtime| runtime.id)))
    .with("compatibleArchitectures", Yaml::texts(settings.architectures().iter().map(|other| other.id())))
    .with("allowedAccounts", Yaml::texts(accounts.map(Audience::principal)))
    .with("retain", Yaml::Word(if organizations.is_empty() { "true" } else { "" }));
    let resources = organizations.iter().fold(Yaml::map([]), |resources, audience| {
        // The framework's own name of the layer `layer`.
        resources.with(&permission_name(audience), permission("LayerLambdaLayer", audience))
    });
    let resources = if organizations.is_empty() { Yaml::map([]) } else { Yaml::map([("Resources", resources)]) };
    let service = Yaml::map([("service", Yaml::Text(stack_name(release))), ("provider", provider)])
        .with("layers", Yaml::map([("layer", layer)]))
        .with("resources", resources);
    comment("#", &remarks) + &service.to_text()
}

/// A text in which no variable is replaced: a backslash goes before `${`, and those that stand there already are doubled.
/// `None` where a `$` stands before it, after which the framework knows no escape.
///
/// Source: <https://www.serverless.com/framework/docs/providers/aws/guide/variables>, and what its parser does.
fn literal(text: &str) -> Option<String> {
    let mut written = String::new();
    let mut parts = text.split("${").peekable();
    while let Some(part) = parts.next() {
        written.push_str(part);
        if parts.peek().is_some() {
            if part.ends_with('$') {
                return None;
            }
            let slashes = part.len() - part.trim_end_matches('\\').len();
            written.push_str(&"\\".repeat(slashes));
            written.push_str("\\${");
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn variables_are_texts() {
        assert_eq!(literal("a ${env:X} \\${y} $z").as_deref(), Some("a \\${env:X} \\\\\\${y} $z"));
        assert_eq!(literal("$${env:X}"), None);
    }
}

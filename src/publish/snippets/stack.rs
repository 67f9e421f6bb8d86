//! What all tools share that work through CloudFormation.

use crate::choices::Audience;
use crate::publish::release::Release;

/// A stack's name, e.g. `"layer-my-layer"`: a letter first, then letters, digits and hyphens.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>.
pub fn stack_name(release: &Release) -> String {
    let plain = release.plain_name().replace('_', "-");
    let plain = plain.trim_matches('-');
    let mut name = format!("layer-{}", if plain.is_empty() { "1" } else { plain });
    name.truncate(100);
    name
}

/// A permission's logical name, e.g. `"ShareWithAccount123456789012"`.
pub fn permission_name(audience: &Audience) -> String {
    match audience {
        Audience::Account(id) => format!("ShareWithAccount{id}"),
        Audience::Organization(id) => format!("ShareWithOrganization{}", id.trim_start_matches("o-")),
        Audience::Everyone => "ShareWithEveryone".into(),
    }
}

/// The texts that people read of a layer version.
pub struct FreeText<'a> {
    /// The description.
    pub description: &'a str,
    /// The license.
    pub license: &'a str,
    /// What had to stay out, and why.
    pub remarks: Vec<String>,
}

/// Description and license as far as CloudFormation can hold them: it replaces what looks like a dynamic reference by a
/// parameter's or a secret's value, after everything else, so that nothing can escape it.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>.
pub fn free_text<'a>(release: &Release<'a>) -> FreeText<'a> {
    let mut remarks = Vec::new();
    let mut kept = |field: &str, text: &'a str| match is_dynamic(text) {
        false => text,
        true => {
            remarks.push(format!(
                "The {field} is left out: CloudFormation would put a secret or a parameter in place of the {{{{resolve:…}}}} in it."
            ));
            ""
        }
    };
    let description = kept("description", &release.settings.description);
    let license = kept("license", &release.settings.license_info);
    FreeText { description, license, remarks }
}

/// Whether a text holds `{{resolve:SERVICE:…}}`.
fn is_dynamic(text: &str) -> bool {
    text.split("{{resolve:").skip(1).any(|rest| {
        let service = rest.split(':').next().unwrap_or("");
        let named = !service.is_empty() && service.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
        named && service.len() < rest.len() && rest.contains("}}")
    })
}

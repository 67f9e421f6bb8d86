//! Who may use the layer: a permission is of one version, and has to be given again for each.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html>.

use super::Draft;
use super::version::{of_version, on_this, this_version};
use crate::choices::Audience;
use crate::publish::release::Release;
use crate::publish::script::{Action, Script};

/// The only action that a layer's policy can allow.
pub const ACTION: &str = "lambda:GetLayerVersion";

/// Lets everyone who was chosen use this version.
pub fn share(release: &Release) -> Draft {
    each(release, |script, region, version, audience| {
        let add = of_version(release, "add-layer-version-permission", version)
            .option("--statement-id", audience.statement_id())
            .option("--action", ACTION)
            .option("--principal", audience.principal());
        let add = match audience {
            Audience::Organization(id) => add.option("--organization-id", *id),
            _ => add,
        };
        on_this(release, region, script, Action::Run(release.account(add, region)));
    })
}

/// Takes that back.
pub fn unshare(release: &Release) -> Draft {
    each(release, |script, region, version, audience| {
        let remove = of_version(release, "remove-layer-version-permission", version)
            .option("--statement-id", audience.statement_id());
        on_this(release, region, script, Action::Run(release.account(remove, region)));
    })
}

/// Shows who may use this version; fails where nobody but its owner may.
pub fn policy(release: &Release) -> Draft {
    let mut script = Script::default();
    for region in release.regions() {
        let version = this_version(release, region, &mut script);
        let get = release.account(of_version(release, "get-layer-version-policy", version), region);
        on_this(release, region, &mut script, Action::Run(get));
    }
    script.into()
}

fn each(
    release: &Release,
    mut add: impl FnMut(&mut Script, &str, crate::publish::script::Argument, &Audience),
) -> Draft {
    let audiences = release.settings.audiences();
    let mut script = Script::default();
    for region in release.regions().into_iter().filter(|_| !audiences.is_empty()) {
        let version = this_version(release, region, &mut script);
        for audience in &audiences {
            add(&mut script, region, version.clone(), audience);
        }
    }
    script.into()
}

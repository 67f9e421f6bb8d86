//! CloudFormation, and SAM, which uploads the zip by itself and has a function beside the layer.
//!
//! Sources: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversion.html>,
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-layerversion.html>.

use super::comment;
use super::sample::sample;
use super::stack::{FreeText, free_text, permission_name, stack_name};
use super::yaml::Yaml;
use crate::choices::Audience;
use crate::publish::commands::ACTION;
use crate::publish::release::{Release, Way};
use crate::publish::script::{Action, Call, Script};
use crate::publish::shell::Shell;

/// The layer's logical name.
const LAYER: &str = "Layer";

/// A template with the layer and its permissions. The zip has to be in a bucket.
pub fn cloudformation(release: &Release) -> String {
    let free = free_text(release);
    let mut parameters = Yaml::map([]);
    if release.settings.s3_bucket.is_empty() {
        parameters =
            parameters.with("ArtifactBucket", parameter("The bucket that holds the zip, in the stack's region."));
    }
    if release.way() == Way::Referenced {
        parameters =
            parameters.with("ArtifactVersion", parameter("The zip's version in the bucket, which keeps versions."));
    }
    let content = content(release, ["S3Bucket", "S3Key", "S3ObjectVersion", "S3ObjectStorageMode"]);
    let properties = Yaml::map([("Content", content)]);
    let layer = Yaml::map([
        ("Type", Yaml::Word("AWS::Lambda::LayerVersion")),
        // A change makes a new version; without these the old one goes, and with it what functions may be set to.
        ("DeletionPolicy", Yaml::Word("Retain")),
        ("UpdateReplacePolicy", Yaml::Word("Retain")),
        ("Properties", described(release, &free, properties, "LicenseInfo")),
    ]);
    let template = Yaml::map([("AWSTemplateFormatVersion", Yaml::Text("2010-09-09".into()))])
        .with("Parameters", parameters)
        .with("Resources", shared(release, Yaml::map([(LAYER, layer)])))
        .with("Outputs", outputs());
    let mut remarks = vec!["The zip has to be in the bucket first; then the stack is made, or changed:".to_owned()];
    remarks.extend(release.regions().iter().map(|region| deploy(release, region)));
    remarks.extend(free.remarks);
    comment("#", &remarks) + &template.to_text()
}

/// A template for `sam deploy`, with a function that uses the layer.
pub fn sam(release: &Release) -> String {
    let free = free_text(release);
    let content = match release.way() {
        Way::There | Way::Referenced => content(release, ["Bucket", "Key", "Version", "StorageMode"]),
        _ => Yaml::Text(release.file.to_owned()),
    };
    let mut parameters = Yaml::map([]);
    if release.way() == Way::Referenced {
        parameters =
            parameters.with("ArtifactVersion", parameter("The zip's version in the bucket, which keeps versions."));
    }
    let properties = Yaml::map([("ContentUri", content)]);
    let properties = described(release, &free, properties, "LicenseInfo").with("RetentionPolicy", Yaml::Word("Retain"));
    let layer = Yaml::map([("Type", Yaml::Word("AWS::Serverless::LayerVersion")), ("Properties", properties)]);
    let mut resources = Yaml::map([(LAYER, layer)]);
    let mut remarks = vec!["Beside the zip, in each region:".to_owned()];
    remarks.extend(release.regions().iter().map(|region| {
        let call = Call(vec!["sam".into(), "deploy".into()]).option("--stack-name", stack_name(release));
        let call = call.word("--resolve-s3").list("--capabilities", ["CAPABILITY_IAM"].into_iter());
        shell(release.account(call, region))
    }));
    if let Some(sample) = sample(release.settings) {
        let place = if sample.code.is_empty() { ("CodeUri", "function") } else { ("InlineCode", sample.code) };
        let code = if sample.code.is_empty() { Yaml::Text(place.1.into()) } else { Yaml::Lines(place.1.into()) };
        let properties = Yaml::map([
            ("Runtime", Yaml::Word(sample.runtime.id)),
            ("Handler", Yaml::Word(sample.handler)),
            (place.0, code),
            ("Layers", Yaml::List(vec![reference(LAYER)])),
        ]);
        let architectures = Yaml::texts([sample.architecture].into_iter().filter(|id| !id.is_empty()));
        let function = Yaml::map([
            ("Type", Yaml::Word("AWS::Serverless::Function")),
            ("Properties", properties.with("Architectures", architectures)),
        ]);
        resources = resources.with("Function", function);
    }
    remarks.extend(free.remarks);
    let template = Yaml::map([
        ("AWSTemplateFormatVersion", Yaml::Text("2010-09-09".into())),
        ("Transform", Yaml::Word("AWS::Serverless-2016-10-31")),
    ])
    .with("Parameters", parameters)
    .with("Resources", shared(release, resources))
    .with("Outputs", outputs());
    comment("#", &remarks) + &template.to_text()
}

fn parameter(description: &str) -> Yaml {
    Yaml::map([("Type", Yaml::Word("String")), ("Description", Yaml::Text(description.into()))])
}

fn reference(name: &str) -> Yaml {
    Yaml::map([("Ref", Yaml::Text(name.into()))])
}

/// Where the zip is, by the names that the two formats have for bucket, key, version and storage mode.
fn content(release: &Release, [bucket, key, version, mode]: [&str; 4]) -> Yaml {
    let chosen = &release.settings.s3_bucket;
    let place = match chosen.as_str() {
        "" => reference("ArtifactBucket"),
        text if text.contains("{region}") => {
            Yaml::map([("Fn::Sub", Yaml::Text(text.replace("{region}", "${AWS::Region}")))])
        }
        text => Yaml::Text(text.to_owned()),
    };
    let content = Yaml::map([(bucket, place), (key, Yaml::Text(artifact_key(release)))]);
    match release.way() {
        Way::Referenced => content.with(version, reference("ArtifactVersion")).with(mode, Yaml::Word("REFERENCE")),
        _ => content.with(version, Yaml::Text(release.settings.s3_object_version.clone())),
    }
}

/// The zip's name in the bucket. CloudFormation makes a new version only if that changes, so where none is chosen it
/// holds the beginning of the zip's hash.
fn artifact_key(release: &Release) -> String {
    if !release.settings.s3_key.is_empty() {
        return release.settings.s3_key.clone();
    }
    let plain: String = release.code_sha256.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    format!("{}-{plain}.zip", release.stem())
}

/// What people read, and what the layer is for.
pub fn described(release: &Release, free: &FreeText, properties: Yaml, license: &str) -> Yaml {
    let settings = release.settings;
    properties
        .with("LayerName", Yaml::Text(release.plain_name().to_owned()))
        .with("Description", Yaml::Text(free.description.to_owned()))
        .with(license, Yaml::Text(free.license.to_owned()))
        .with("CompatibleRuntimes", Yaml::texts(settings.runtimes().iter().map(|runtime| runtime.id)))
        .with("CompatibleArchitectures", Yaml::texts(settings.architectures().iter().map(|other| other.id())))
}

/// The resources with a permission for each who is to have the layer.
fn shared(release: &Release, resources: Yaml) -> Yaml {
    release
        .settings
        .audiences()
        .iter()
        .fold(resources, |resources, audience| resources.with(&permission_name(audience), permission(LAYER, audience)))
}

/// A permission on the layer version that the logical name stands for.
pub fn permission(layer: &str, audience: &Audience) -> Yaml {
    let properties = Yaml::map([
        ("LayerVersionArn", reference(layer)),
        ("Action", Yaml::Text(ACTION.into())),
        ("Principal", Yaml::Text(audience.principal().into())),
    ]);
    let organization = match audience {
        Audience::Organization(id) => Yaml::Text((*id).to_owned()),
        _ => Yaml::Text(String::new()),
    };
    Yaml::map([
        ("Type", Yaml::Word("AWS::Lambda::LayerVersionPermission")),
        // Kept like the version that it is of, or those who use an old one would lose it.
        ("DeletionPolicy", Yaml::Word("Retain")),
        ("UpdateReplacePolicy", Yaml::Word("Retain")),
        ("Properties", properties.with("OrganizationId", organization)),
    ])
}

fn outputs() -> Yaml {
    Yaml::map([("LayerVersionArn", Yaml::map([("Value", reference(LAYER))]))])
}

/// The calls that bring the zip to the bucket and make the stack.
fn deploy(release: &Release, region: &str) -> String {
    let placeholder = release.settings.s3_bucket.is_empty();
    let bucket = if placeholder { "BUCKET".to_owned() } else { release.bucket(region) };
    let mut calls = Vec::new();
    let copy = Call::aws("s3 cp").word(release.file).word(format!("s3://{bucket}/{}", artifact_key(release)));
    if release.way() != Way::There {
        calls.push(release.account(copy, region));
    }
    let parameters = [
        placeholder.then_some("ArtifactBucket=BUCKET"),
        (release.way() == Way::Referenced).then_some("ArtifactVersion=VERSION"),
    ];
    let stack = Call::aws("cloudformation deploy").option("--template-file", "layer.yaml");
    let stack = stack.option("--stack-name", stack_name(release));
    let stack = stack.list("--parameter-overrides", parameters.into_iter().flatten());
    calls.push(release.account(stack, region));
    calls.into_iter().map(shell).collect::<Vec<_>>().join("\n")
}

/// A call as a remark shows it.
fn shell(call: Call) -> String {
    let mut script = Script::default();
    script.then(Action::Run(call));
    Shell::Posix.render(&script).lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

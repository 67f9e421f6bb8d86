//! Pulumi, in TypeScript.
//!
//! Source: the pages of `aws.lambda.LayerVersion`, `aws.lambda.LayerVersionPermission` and `aws.s3.BucketObjectv2` of the
//! AWS provider's documentation.

use super::code::{Expression, Field, Language, Statement, fields};
use super::{comment, region_suffix, without_reference};
use crate::choices::Audience;
use crate::publish::commands::ACTION;
use crate::publish::release::{Release, Way};

/// The layer, its permissions, and the object in S3 where one is needed.
pub fn pulumi(release: &Release) -> String {
    let mut remarks = vec!["The zip lies in the folder of this file.".to_owned()];
    remarks.extend(without_reference(release));
    let imports = "import * as aws from \"@pulumi/aws\";\nimport * as pulumi from \"@pulumi/pulumi\";\n";
    let mut program = Vec::new();
    for region in release.regions() {
        program.push(Statement::Gap);
        program.extend(region_statements(release, region));
    }
    comment("//", &remarks) + imports + &Language::TypeScript.write(&program)
}

fn region_statements(release: &Release, region: &str) -> Vec<Statement> {
    let text = |text: &str| Expression::text(text);
    let settings = release.settings;
    let suffix = region_suffix(release, region);
    let (layer, provider) = (format!("layer{suffix}"), format!("provider{suffix}"));
    let mut statements = Vec::new();
    let account = fields(vec![("region", text(region)), ("profile", text(&settings.profile))]);
    let options = if account.is_empty() {
        Expression::Fields("", vec![])
    } else {
        statements
            .push(Statement::Let(provider.clone(), Expression::Make("aws.Provider", vec![text(&provider)], account)));
        Expression::Fields("", vec![("provider", Expression::word(provider))])
    };
    let make = |class: &'static str, id: &str, properties: Vec<Field>| {
        let mut arguments = vec![text(id), Expression::Fields("", fields(properties))];
        if options != Expression::Fields("", vec![]) {
            arguments.push(options.clone());
        }
        Expression::Make(class, arguments, vec![])
    };
    let file = |class: &'static str| Expression::Make(class, vec![text(release.file)], vec![]);
    let mut properties = match release.way() {
        Way::Direct => vec![("code", file("pulumi.asset.FileArchive"))],
        Way::There => vec![
            ("s3Bucket", text(&release.bucket(region))),
            ("s3Key", text(release.key())),
            ("s3ObjectVersion", text(&settings.s3_object_version)),
        ],
        Way::Copied | Way::Referenced | Way::Nowhere => {
            let bucket = match release.way() {
                Way::Nowhere => Expression::Call("new pulumi.Config().require".into(), vec![text("bucket")], vec![]),
                _ => text(&release.bucket(region)),
            };
            let object = format!("object{suffix}");
            let stored = vec![
                ("bucket", bucket),
                ("key", text(release.key())),
                ("source", file("pulumi.asset.FileAsset")),
                ("sourceHash", text(release.code_sha256)),
            ];
            statements.push(Statement::Let(object.clone(), make("aws.s3.BucketObjectv2", &object, stored)));
            let of = |property: &str| Expression::word(format!("{object}.{property}"));
            vec![("s3Bucket", of("bucket")), ("s3Key", of("key")), ("s3ObjectVersion", of("versionId"))]
        }
    };
    properties.extend([
        ("layerName", text(release.plain_name())),
        ("description", text(&settings.description)),
        ("licenseInfo", text(&settings.license_info)),
        ("compatibleRuntimes", texts(settings.runtimes().iter().map(|runtime| runtime.id))),
        ("compatibleArchitectures", texts(settings.architectures().iter().map(|other| other.id()))),
        ("sourceCodeHash", text(release.code_sha256)),
        ("skipDestroy", Expression::word("true")),
    ]);
    statements.push(Statement::Let(layer.clone(), make("aws.lambda.LayerVersion", &layer, properties)));
    for audience in &settings.audiences() {
        let organization = match audience {
            Audience::Organization(id) => text(id),
            _ => text(""),
        };
        let id = format!("{}{suffix}", audience.statement_id());
        let number = vec![Expression::word("Number")];
        let properties = vec![
            ("layerName", Expression::word(format!("{layer}.layerName"))),
            ("versionNumber", Expression::Call(format!("{layer}.version.apply"), number, vec![])),
            ("statementId", text(&audience.statement_id())),
            ("action", text(ACTION)),
            ("principal", text(audience.principal())),
            ("organizationId", organization),
            ("skipDestroy", Expression::word("true")),
        ];
        statements.push(Statement::Do(make("aws.lambda.LayerVersionPermission", &id, properties)));
    }
    let arn = Expression::word(format!("{layer}.arn"));
    statements.push(Statement::Export(format!("layerVersionArn{suffix}"), arn));
    statements
}

fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Expression {
    Expression::List(texts.map(Expression::text).collect())
}

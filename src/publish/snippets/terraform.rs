//! Terraform.
//!
//! Source: the pages of `aws_lambda_layer_version`, `aws_lambda_layer_version_permission` and `aws_s3_object` of the AWS
//! provider's documentation.

use super::hcl::{Block, Hcl};
use super::{comment, region_suffix, without_reference};
use crate::choices::Audience;
use crate::publish::commands::ACTION;
use crate::publish::release::{Release, Way};

/// The layer, its permissions, and the object in S3 where one is needed.
pub fn terraform(release: &Release) -> String {
    let word = |text: &str| Hcl::Word(text.to_owned());
    let version =
        Block::new("required_providers", &[]).with("aws", word("{ source = \"hashicorp/aws\", version = \">= 5.0\" }"));
    let mut blocks = vec![Block::new("terraform", &[]).holding(version)];
    if needs_bucket(release) {
        let text = "The bucket for the zip, which is too large to be uploaded directly; in the provider's region.";
        let variable = Block::new("variable", &["bucket"]);
        blocks.push(variable.with("description", Hcl::Text(text.into())).with("type", word("string")));
    }
    for region in release.regions() {
        region_blocks(release, region, &mut blocks);
    }
    let mut remarks = vec!["The zip lies in the folder of this file.".to_owned()];
    remarks.extend(without_reference(release));
    let blocks: Vec<String> = blocks.iter().map(Block::to_text).collect();
    comment("#", &remarks) + &blocks.join("\n")
}

/// Whether it has to be asked for a bucket.
fn needs_bucket(release: &Release) -> bool {
    release.way() == Way::Nowhere
}

fn region_blocks(release: &Release, region: &str, blocks: &mut Vec<Block>) {
    let text = |text: &str| Hcl::Text(text.to_owned());
    let settings = release.settings;
    let suffix = region_suffix(release, region);
    let name = format!("layer{suffix}");
    let alias = suffix.trim_start_matches('_');
    let of_region = if alias.is_empty() { String::new() } else { format!("aws.{alias}") };
    if !region.is_empty() || !settings.profile.is_empty() {
        let provider = Block::new("provider", &["aws"]).with("alias", text(alias)).with("region", text(region));
        blocks.push(provider.with("profile", text(&settings.profile)));
    }
    // Nothing of a person's is in the file's name, so it may stand in a template.
    let file = format!("\"${{path.module}}/{}\"", release.file);
    let hash = format!("filebase64sha256({file})");
    let bucket = if needs_bucket(release) { Hcl::Word("var.bucket".into()) } else { text(&release.bucket(region)) };
    let layer = Block::new("resource", &["aws_lambda_layer_version", &name])
        .with("provider", Hcl::Word(of_region.clone()))
        .with("layer_name", text(release.plain_name()));
    let layer = match release.way() {
        Way::Direct => layer.with("filename", Hcl::Word(file)).with("source_code_hash", Hcl::Word(hash)),
        Way::There => layer
            .with("s3_bucket", bucket)
            .with("s3_key", text(release.key()))
            .with("s3_object_version", text(&settings.s3_object_version))
            .with("source_code_hash", text(release.code_sha256)),
        Way::Copied | Way::Referenced | Way::Nowhere => {
            blocks.push(
                Block::new("resource", &["aws_s3_object", &name])
                    .with("provider", Hcl::Word(of_region.clone()))
                    .with("bucket", bucket)
                    .with("key", text(release.key()))
                    .with("source", Hcl::Word(file))
                    .with("source_hash", Hcl::Word(hash.clone())),
            );
            let object = |attribute: &str| Hcl::Word(format!("aws_s3_object.{name}.{attribute}"));
            layer
                .with("s3_bucket", object("bucket"))
                .with("s3_key", object("key"))
                .with("s3_object_version", object("version_id"))
                .with("source_code_hash", Hcl::Word(hash))
        }
    };
    blocks.push(
        layer
            .with("description", text(&settings.description))
            .with("license_info", text(&settings.license_info))
            .with("compatible_runtimes", Hcl::texts(settings.runtimes().iter().map(|runtime| runtime.id)))
            .with("compatible_architectures", Hcl::texts(settings.architectures().iter().map(|other| other.id())))
            .with("skip_destroy", Hcl::Word("true".into())),
    );
    for audience in &settings.audiences() {
        let organization = match audience {
            Audience::Organization(id) => text(id),
            _ => text(""),
        };
        let label = format!("{}{suffix}", audience.statement_id().replace('-', "_"));
        blocks.push(
            Block::new("resource", &["aws_lambda_layer_version_permission", &label])
                .with("provider", Hcl::Word(of_region.clone()))
                .with("layer_name", Hcl::Word(format!("aws_lambda_layer_version.{name}.layer_name")))
                .with("version_number", Hcl::Word(format!("aws_lambda_layer_version.{name}.version")))
                .with("statement_id", text(&audience.statement_id()))
                .with("action", text(ACTION))
                .with("principal", text(audience.principal()))
                .with("organization_id", organization)
                .with("skip_destroy", Hcl::Word("true".into())),
        );
    }
    let output = Block::new("output", &[&format!("layer_version_arn{suffix}")]);
    blocks.push(output.with("value", Hcl::Word(format!("aws_lambda_layer_version.{name}.arn"))));
}

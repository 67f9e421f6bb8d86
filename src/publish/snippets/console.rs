//! The steps in the AWS console, with what to type.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/creating-deleting-layers.html>.

use crate::publish::release::{Release, Way};

/// The steps as text, numbered.
pub fn steps(release: &Release) -> String {
    let settings = release.settings;
    let mut text = String::new();
    for region in release.regions() {
        let mut steps = Vec::new();
        let place = if region.is_empty() { String::new() } else { format!(", and the region {region} at its top") };
        steps.push(format!("Open the Layers page of the Lambda console{place}."));
        if release.name.starts_with("arn:") {
            steps.push(format!("Choose the layer {}, and Create version.", release.plain_name()));
        } else {
            steps.push(format!(
                "Choose Create layer. If the layer {} is there already, choose it and Create version.",
                release.plain_name()
            ));
            steps.push(format!("Name: {}", release.plain_name()));
        }
        if !settings.description.is_empty() {
            steps.push(format!("Description: {}", one_line(&settings.description)));
        }
        steps.push(match release.way() {
            Way::Direct => format!("Choose Upload a .zip file, Upload, and the file {}.", release.file),
            Way::Nowhere => format!(
                "Copy {} to a bucket in that region, choose Upload a file from Amazon S3, and give its address.",
                release.file
            ),
            Way::There => format!("Choose Upload a file from Amazon S3, and give {}.", address(release, region)),
            Way::Copied | Way::Referenced => format!(
                "Copy {} to the bucket as {}, choose Upload a file from Amazon S3, and give {}.",
                release.file,
                release.key(),
                address(release, region)
            ),
        });
        let architectures: Vec<&str> = settings.architectures().iter().map(|other| other.id()).collect();
        if !architectures.is_empty() {
            steps.push(format!("Compatible architectures: {}", architectures.join(", ")));
        }
        let runtimes: Vec<&str> = settings.runtimes().iter().map(|runtime| runtime.id).collect();
        if !runtimes.is_empty() {
            steps.push(format!("Compatible runtimes: {}", runtimes.join(", ")));
        }
        if !settings.license_info.is_empty() {
            steps.push(format!("License: {}", one_line(&settings.license_info)));
        }
        steps.push("Choose Create.".into());
        steps.push(format!("The new version's page shows its ARN. Its CodeSha256 is {}.", release.code_sha256));
        if !settings.audiences().is_empty() {
            steps.push("To share it, use the command: the console has no page for that.".into());
        }
        if !text.is_empty() {
            text.push('\n');
        }
        for (index, step) in steps.iter().enumerate() {
            text.push_str(&format!("{}. {step}\n", index + 1));
        }
    }
    text
}

fn address(release: &Release, region: &str) -> String {
    format!("s3://{}/{}", release.bucket(region), release.key())
}

/// A text of several lines would look like further steps.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

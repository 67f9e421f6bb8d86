//! The bill of materials, as CycloneDX in JSON.
//!
//! Source: <https://cyclonedx.org/docs/1.6/json/>.

use serde_json::{Map, Value, json};

use super::Bundle;
use super::components::{Component, address};
use crate::license::License;
use crate::order::BTreeMap;

/// The text of `sbom.cdx.json`.
pub fn bill(bundle: &Bundle, components: &BTreeMap<String, Component>) -> String {
    let settings = &bundle.plan.choices.settings;
    let hash = bundle.packed.sha256_hex();
    let mut layer =
        component("library", &bundle.plan.layer_name(), "layer", &hash, std::slice::from_ref(&settings.license_info));
    if !settings.description.is_empty() {
        layer.insert("description".into(), settings.description.as_str().into());
    }
    let arns =
        bundle.published.iter().map(|version| json!({ "name": "aws:lambda:layer-version-arn", "value": version.arn }));
    let arns: Vec<Value> = arns.collect();
    if !arns.is_empty() {
        layer.insert("properties".into(), arns.into());
    }
    let all: Vec<Value> = components.iter().map(|(reference, one)| entry(reference, one)).collect();
    let tool = json!({ "type": "application", "name": "layerdrop", "version": env!("CARGO_PKG_VERSION") });
    super::json_text(&json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": serial_number(&bundle.packed.sha256),
        "version": 1,
        "metadata": { "tools": { "components": [tool] }, "component": layer },
        "components": all,
        "dependencies": [{ "ref": "layer", "dependsOn": components.keys().collect::<Vec<_>>() }],
    }))
}

fn entry(reference: &str, one: &Component) -> Value {
    let Some(package) = &one.package else {
        return component("file", &one.place, reference, &one.sha256, &[]).into();
    };
    let mut entry = component("library", &package.name, reference, &one.sha256, &package.licenses);
    for (key, text) in [("version", &package.version), ("group", &package.group)] {
        if !text.is_empty() {
            entry.insert(key.into(), text.as_str().into());
        }
    }
    if let Some(address) = address(package) {
        entry.insert("purl".into(), address.into());
    }
    entry.insert("properties".into(), json!([{ "name": "layerdrop:source", "value": one.place }]));
    entry.into()
}

fn component(kind: &str, name: &str, reference: &str, sha256: &str, licenses: &[String]) -> Map<String, Value> {
    let mut found = Map::new();
    for (key, text) in [("type", kind), ("name", name), ("bom-ref", reference)] {
        found.insert(key.into(), text.into());
    }
    if !sha256.is_empty() {
        found.insert("hashes".into(), json!([{ "alg": "SHA-256", "content": sha256 }]));
    }
    let licenses: Vec<License> =
        licenses.iter().filter(|text| !text.is_empty()).map(|text| License::read(text)).collect();
    // An expression stands alone; beside others it is a name like any other.
    let licenses: Vec<Value> = match licenses.as_slice() {
        [License::Expression(expression)] => vec![json!({ "expression": expression })],
        several => several.iter().map(license).collect(),
    };
    if !licenses.is_empty() {
        found.insert("licenses".into(), licenses.into());
    }
    found
}

fn license(license: &License) -> Value {
    match license {
        License::Id(id) => json!({ "license": { "id": id } }),
        other => json!({ "license": { "name": other.text() } }),
    }
}

/// A UUID of the form that is free for one's own use (RFC 9562, version 8), from the layer's digest.
fn serial_number(sha256: &[u8; 32]) -> String {
    let mut hex: Vec<char> =
        sha256.iter().take(16).flat_map(|byte| format!("{byte:02x}").chars().collect::<Vec<_>>()).collect();
    for (at, digit) in [(12, '8'), (16, '8')] {
        if let Some(place) = hex.get_mut(at) {
            *place = digit;
        }
    }
    let mut text = String::from("urn:uuid:");
    for (at, digit) in hex.into_iter().enumerate() {
        if [8, 12, 16, 20].contains(&at) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

//! Every file of the layer with its digest, and the manifest that lists them.

use serde_json::{Value, json};

use super::Bundle;
use crate::error::Error;
use crate::pack;
use crate::plan::Plan;
use crate::recipe::Hasher;

/// A file of the layer.
pub struct Packed {
    /// Its path under `/opt`.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// 0644 or 0755.
    pub mode: u32,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// The source that it comes from.
    pub source: String,
    /// What it is a part of: an index into the plan's parts.
    pub part: usize,
    /// Which of its entries it is.
    pub entry: usize,
}

/// The files of the layer, sorted by path.
pub fn contents(plan: &Plan) -> Result<Vec<Packed>, Error> {
    let packed = plan.packed().zip(plan.items());
    packed
        .map(|(placement, item)| {
            Ok(Packed {
                path: item.path.to_string(),
                size: item.content.size(),
                mode: item.mode,
                sha256: Hasher::of(&item.content).map_err(|error| pack::explain(error, &item))?,
                source: item.source,
                part: placement.part,
                entry: placement.entry,
            })
        })
        .collect()
}

/// The text of `manifest.json`.
pub fn manifest(bundle: &Bundle, contents: &[Packed]) -> String {
    let files: Vec<Value> = contents
        .iter()
        .map(|Packed { path, size, mode, sha256, source, .. }| {
            json!({ "path": path, "size": size, "mode": mode, "sha256": sha256, "source": source })
        })
        .collect();
    let packed = bundle.packed;
    let layer = json!({
        "fileName": bundle.plan.file_name(),
        "layerName": bundle.plan.layer_name(),
        "size": packed.size,
        "unzippedSize": packed.unzipped,
        "codeSha256": packed.code_sha256(),
        "sha256": packed.sha256_hex(),
    });
    super::json_text(&json!({ "layer": layer, "files": files }))
}

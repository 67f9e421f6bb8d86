//! The same cases in a browser, and the boundary: what the worker's session takes, gives and throws.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

mod support;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use layerdrop::Session;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

// Blobs can be read synchronously only in a worker, which is where the session lives.
wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn every_case_comes_out_as_it_says() {
    for (file, text) in support::FILES {
        for case in support::cases(text) {
            let (found, same) = support::run(&case);
            assert!(same, "{file}: what was found is\n{found}");
        }
    }
}

fn blob(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).unwrap()
}

fn file(path: &str, blob: &JsValue) -> JsValue {
    let file = Object::new();
    Reflect::set(&file, &"path".into(), &path.into()).unwrap();
    Reflect::set(&file, &"blob".into(), blob).unwrap();
    file.into()
}

fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| Reflect::get(&value, &key.into()).unwrap())
}

fn text(value: &JsValue, path: &str) -> String {
    get(value, path).as_string().unwrap_or_else(|| panic!("{path} is no text"))
}

fn parse(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap()
}

fn wheel() -> Vec<u8> {
    let entry = support::zip::ZipEntry { name: b"demo.py".to_vec(), data: b"x = 1\n".to_vec(), ..Default::default() };
    support::zip::wheel("demo-1.0-py3-none-any.whl", vec![entry])
}

/// Builds here what several workers build otherwise, by the same messages.
fn build(session: &mut Session) -> Result<JsValue, JsValue> {
    let mut packing = session.packing(1)?;
    loop {
        let job = packing.next_job()?;
        if job.is_undefined() {
            break;
        }
        let id = get(&job, "id").as_f64().unwrap() as u32;
        let steps: js_sys::Float64Array = get(&job, "steps").unchecked_into();
        let input = packing.read(id)?;
        assert_eq!(get(&job, "length").as_f64(), Some(f64::from(input.length())));
        packing.take(id, &layerdrop::work(input, &steps.to_vec())?)?;
    }
    let mut digest = layerdrop::Digest::new();
    for piece in packing.written(true)?.iter() {
        digest.update(piece.unchecked_into());
    }
    session.built(packing, Some(digest.finish()))
}

fn session_with_a_wheel() -> Session {
    let mut session = Session::new();
    let files = Array::of1(&file("demo-1.0-py3-none-any.whl", &blob(&wheel())));
    session.add(files, JsValue::NULL).unwrap();
    session
}

/// What a tarball unpacks to lies in a blob of its own, in several pieces where it is large.
#[wasm_bindgen_test]
fn a_tarball_is_unpacked_into_the_browsers_storage() {
    use support::tar::{TarEntry, pack, tar};
    let large: Vec<u8> = (0..9 * 1024 * 1024_u32).map(|number| (number >> 12) as u8).collect();
    let entry =
        |name: &str, data: &[u8]| TarEntry { name: name.into(), data: data.into(), mode: 0o644, ..TarEntry::default() };
    let tarball = pack("gz", tar(&[entry("python/large.bin", &large), entry("python/small.py", b"x = 1\n")]));
    let mut session = Session::new();
    let reports = Array::new();
    let report = Function::new_with_args("progress", "this.push(progress.detail)").bind0(&reports);
    session.add(Array::of1(&file("layer.tar.gz", &blob(&tarball))), report.into()).unwrap();
    // Before it is opened, for its first 8 MiB, then for looks into files; at the end once without a name.
    let reports: Vec<String> = reports.iter().filter_map(|detail| detail.as_string()).collect();
    let (last, signs) = reports.split_last().unwrap();
    let opening = signs.iter().filter(|detail| *detail == "layer.tar.gz").count();
    assert!(opening >= 2 && signs[opening..].iter().all(|detail| detail == "python/large.bin"), "{signs:?}");
    assert_eq!(last, "");
    let plan = session.plan().unwrap();
    assert_eq!(text(&plan, "entries.0.path"), "python/large.bin");
    assert_eq!(get(&plan, "entries.0.size").as_f64(), Some(large.len() as f64));
    let in_browser = text(&build(&mut session).unwrap(), "codeSha256");

    // The same from files that were dropped as they are: the bytes are what they were.
    let mut loose = Session::new();
    let files = Array::of2(&file("python/large.bin", &blob(&large)), &file("python/small.py", &blob(b"x = 1\n")));
    loose.add(files, JsValue::NULL).unwrap();
    assert_eq!(text(&build(&mut loose).unwrap(), "codeSha256"), in_browser);
}

#[wasm_bindgen_test]
fn a_wheel_goes_all_the_way() {
    let mut session = session_with_a_wheel();
    session
        .set_settings(parse(r#"{"runtimes":["python3.12"],"architectures":["x86_64"],"layerName":"demo"}"#))
        .unwrap();
    let plan = session.plan().unwrap();
    let entries: Array = get(&plan, "entries").unchecked_into();
    let paths: Vec<String> = entries.iter().map(|entry| text(&entry, "path")).collect();
    assert_eq!(
        paths,
        [
            "python/demo-1.0.dist-info/METADATA",
            "python/demo-1.0.dist-info/RECORD",
            "python/demo-1.0.dist-info/WHEEL",
            "python/demo.py"
        ]
    );
    assert_eq!(text(&entries.get(3), "source"), "demo-1.0-py3-none-any.whl");
    assert_eq!(get(&entries.get(3), "mode"), JsValue::from(0o644));
    assert_eq!(text(&get(&plan, "recognised.0"), "kind"), "wheel");
    assert!(get(&plan, "recognised.0.refused").is_undefined());
    assert_eq!(get(&plan, "sizes.unzippedLimit"), JsValue::from(262_144_000));

    let layer = build(&mut session).unwrap();
    let zip: Blob = get(&layer, "blob").unchecked_into();
    assert_eq!(get(&layer, "size").as_f64(), Some(zip.size()));
    assert_eq!(text(&layer, "codeSha256").len(), 44);
    assert_eq!(text(&layer, "fileName"), "demo.zip");
    assert!(text(&layer, "commands.publish.sh").starts_with("aws lambda publish-layer-version"));
    assert_eq!(get(&layer, "commands.publish.files.length"), JsValue::from(0));
    assert!(get(&layer, "snippets").is_object());
}

#[wasm_bindgen_test]
fn settings_merge_and_read_back_whole() {
    let mut session = Session::new();
    session.set_settings(parse(r#"{"layerName":"one","runtimes":["python3.12"]}"#)).unwrap();
    session.set_settings(parse(r#"{"description":"two"}"#)).unwrap();
    let settings = session.settings().unwrap();
    assert_eq!(text(&settings, "layerName"), "one");
    assert_eq!(text(&settings, "description"), "two");
    assert_eq!(text(&settings, "runtimes.0"), "python3.12");
    assert_eq!(text(&settings, "layout"), "flat");
    for field in ["architectures", "licenseInfo", "s3Bucket", "s3Key", "region", "profile"] {
        assert!(!get(&settings, field).is_undefined(), "{field} is missing");
    }
}

#[wasm_bindgen_test]
fn operations_change_the_plan_and_can_be_undone() {
    let mut session = session_with_a_wheel();
    let overview = session.apply(parse(r#"{"op":"exclude","path":"python/demo.py"}"#)).unwrap();
    assert_eq!(get(&overview, "entryCount"), JsValue::from(3));
    assert_eq!(text(&overview, "undo"), "exclude python/demo.py");
    assert!(get(&overview, "redo").is_null());
    let overview = session.undo().unwrap();
    assert_eq!(get(&overview, "entryCount"), JsValue::from(4));
    let rows: Array = session.rows(0, 10).unwrap().unchecked_into();
    assert_eq!(text(&rows.get(0), "name"), "python");
    assert_eq!(get(&rows.get(0), "files"), JsValue::from(4));
}

#[wasm_bindgen_test]
fn errors_have_stable_names_and_say_what_was_found() {
    let mut session = session_with_a_wheel();
    let thrown = [
        (session.apply(parse(r#"{"op":"exclude","path":"nowhere"}"#)), "UnknownPathError", "nowhere"),
        (session.apply(parse(r#"{"op":"exclude"}"#)), "InvalidArgumentError", "a path, paths or a source"),
        (session.apply(parse(r#"{"op":"fix","id":"none"}"#)), "InvalidOperationError", "none"),
        (session.apply(parse(r#"{"op":"move","path":"python","to":"../x"}"#)), "InvalidOperationError", ".."),
        (session.apply(parse(r#"{"op":"paint"}"#)), "InvalidArgumentError", "operation"),
        (session.apply(parse(r#"{"op":"move","path":"python"}"#)), "InvalidArgumentError", "expected to in it"),
        (session.apply(parse(r#"{"op":"all","operations":[{"op":"paint"}]}"#)), "InvalidArgumentError", "operation"),
        (session.apply(parse(r#"{"op":"chmod","path":"python","mode":"755"}"#)), "InvalidArgumentError", "755"),
        (session.set_settings(parse(r#"{"runtimes":"python3.12"}"#)), "InvalidArgumentError", "runtimes"),
        (session.add(Array::of1(&file("a", &JsValue::NULL)), JsValue::NULL), "InvalidFileError", "Blob"),
        (build(&mut Session::new()), "EmptyLayerError", "no file"),
    ];
    for (result, name, part) in thrown {
        let error = result.expect_err(name);
        assert_eq!(text(&error, "name"), name);
        assert!(text(&error, "message").contains(part), "{} does not say {part}", text(&error, "message"));
    }
}

#[wasm_bindgen_test]
fn a_blob_of_another_size_than_recorded_stops_the_build() {
    let mut session = Session::new();
    let record = |size: f64| {
        let file = file("module.py", &blob(b"x = 1\n"));
        Reflect::set(&file, &"size".into(), &size.into()).unwrap();
        file
    };
    session.add(Array::of1(&record(9.0)), JsValue::NULL).unwrap();
    let error = build(&mut session).expect_err("the size differs");
    assert_eq!(text(&error, "name"), "SourceChangedError");
    assert!(text(&error, "message").contains("module.py"));
    session.add(Array::of1(&record(6.0)), JsValue::NULL).unwrap();
    build(&mut session).expect("the file was added again");
}

#[wasm_bindgen_test]
fn what_nobody_digested_is_digested_at_the_end() {
    let mut session = session_with_a_wheel();
    let digested = build(&mut session).unwrap();
    let mut packing = session.packing(1).unwrap();
    let job = packing.next_job().unwrap();
    let steps: js_sys::Float64Array = get(&job, "steps").unchecked_into();
    packing.take(0, &layerdrop::work(packing.read(0).unwrap(), &steps.to_vec()).unwrap()).unwrap();
    let built = session.built(packing, None).unwrap();
    assert_eq!(text(&built, "codeSha256"), text(&digested, "codeSha256"));
    // Here and now, without packers, it is a third way to the same.
    assert_eq!(text(&session.build(JsValue::NULL).unwrap(), "codeSha256"), text(&digested, "codeSha256"));
}

#[wasm_bindgen_test]
fn progress_comes_with_counts() {
    let session = session_with_a_wheel();
    let mut packing = session.packing(1).unwrap();
    let first = packing.progress().unwrap();
    assert_eq!(text(&first, "phase"), "packing");
    assert_eq!(text(&first, "detail"), "python/demo-1.0.dist-info/METADATA");
    assert_eq!((get(&first, "done").as_f64(), get(&first, "files").as_f64()), (Some(0.0), Some(0.0)));
    let job = packing.next_job().unwrap();
    let steps: js_sys::Float64Array = get(&job, "steps").unchecked_into();
    packing.take(0, &layerdrop::work(packing.read(0).unwrap(), &steps.to_vec()).unwrap()).unwrap();
    assert!(packing.is_complete());
    let last = packing.progress().unwrap();
    assert_eq!(get(&last, "done"), get(&last, "total"));
    assert_eq!(get(&last, "files"), get(&last, "allFiles"));
}

#[wasm_bindgen_test]
fn names_from_files_are_plain_text() {
    let mut session = Session::new();
    let files = Array::of1(&file("<img src=x onerror=alert(1)>.py", &blob(b"")));
    session.add(files, JsValue::NULL).unwrap();
    let plan = session.plan().unwrap();
    assert_eq!(text(&get(&plan, "entries.0"), "path"), "python/<img src=x onerror=alert(1)>.py");
}

#[wasm_bindgen_test]
fn the_catalogue_holds_every_runtime_newest_first() {
    let catalogue = Session::new().catalogue().unwrap();
    let runtimes: Array = get(&catalogue, "runtimes").unchecked_into();
    assert_eq!(runtimes.length() as usize, layerdrop::tables::runtimes::RUNTIMES.len());
    assert!(text(&runtimes.get(0), "id").starts_with("nodejs2"));
}

/// What packers saw of an archive before it was added goes back with it, and changes nothing that comes out.
#[wasm_bindgen_test]
fn an_archive_that_was_looked_into_is_the_same_layer() {
    let mut library = support::elf::take(&mut vec!["elf x86_64".into(), "needs libm.so.6".into()]).unwrap();
    library.extend((0..1_000_000_u32).map(|number| (number >> 12) as u8));
    let name = b"python/lib/a.so".to_vec();
    let entry = support::zip::ZipEntry { name, data: library, mode: 0o100_644, deflated: true, ..Default::default() };
    let zip = support::zip::zip(&[entry]);
    let built = |sights: Option<Array>| {
        let mut session = Session::new();
        let file = file("layer.zip", &blob(&zip));
        if let Some(sights) = sights {
            Reflect::set(&file, &"sights".into(), &sights).unwrap();
        }
        session.add(Array::of1(&file), JsValue::NULL).unwrap();
        text(&build(&mut session).unwrap(), "codeSha256")
    };
    let rows = layerdrop::members("layer.zip", Uint8Array::from(zip.as_slice()));
    assert_eq!(rows.len(), 4);
    let (start, packed) = (rows[0] as usize, rows[1] as usize);
    let sight = layerdrop::see(Uint8Array::from(&zip[start..start + packed]), &rows).unwrap();
    let seen: js_sys::Float64Array = get(&sight, "seen").unchecked_into();
    assert!(seen.length() > 6, "nothing was kept of it");
    assert_eq!(built(Some(Array::of1(&sight))), built(None));
}

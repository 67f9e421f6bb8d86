//! What is looked at in every layer, in the words of what is true of it when nothing is found.

/// What a check looks at, which decides whether there is anything to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// What was dropped.
    Sources,
    /// Archives that were opened.
    Archives,
    /// Files of the layer.
    Files,
    /// Packages of Python, against the chosen runtimes.
    Python,
    /// Packages of Ruby, against the chosen runtimes.
    Ruby,
    /// Packages of Node.js.
    NodeJs,
    /// Packages whose metadata say what they need.
    Packages,
    /// Compiled files, against the chosen architectures.
    Binaries,
    /// The chosen runtimes.
    Runtimes,
    /// The fields of the publish command that are filled in.
    Fields,
}

/// One check.
#[derive(Debug)]
pub struct Check {
    /// What is true when it is passed.
    pub passed: &'static str,
    /// What it looks at.
    pub about: About,
    /// The ids of the rules that tell when it is not.
    pub rules: &'static [&'static str],
}

/// All checks, in the order in which they are shown.
#[rustfmt::skip]
pub const CHECKS: &[Check] = &[
    Check { passed: "Everything dropped is of a known kind and is used.", about: About::Sources,
        rules: &["unrecognised-source", "not-ready", "layer-discouraged", "source-too-large", "closed-archive"] },
    Check { passed: "Every program that opens the archives reads the same from them.", about: About::Archives,
        rules: &["ambiguous-archive", "damaged-archive", "unsupported-archive", "normalised-archive"] },
    Check { passed: "No name leads out of the layer or hides what it is.", about: About::Files,
        rules: &["unsafe-path", "normalised-name", "link-dropped"] },
    Check { passed: "No file holds a password or a key, as far as names tell.", about: About::Files,
        rules: &["secret-in-layer"] },
    Check { passed: "No two files want the same place.", about: About::Files,
        rules: &["duplicate-path", "mixed-builds", "two-versions", "similar-paths"] },
    Check { passed: "Packages hold what their own lists say.", about: About::Sources,
        rules: &["invalid-wheel", "invalid-package", "invalid-gem", "unrecorded-file", "missing-package"] },
    Check { passed: "What the packages need is in the layer, or in the runtime.", about: About::Packages,
        rules: &["missing-dependency", "wrong-dependency-version"] },
    Check { passed: "No module takes the place of one of Python's own.", about: About::Python,
        rules: &["shadows-standard-library", "brings-sdk"] },
    Check { passed: "Python packages are made for the chosen versions.", about: About::Python,
        rules: &["wrong-python-version", "wrong-python-abi", "wrong-version-folder"] },
    Check { passed: "Ruby packages are made for the chosen versions.", about: About::Ruby,
        rules: &["wrong-ruby-version"] },
    Check { passed: "Packages of Node.js can be loaded, and bring their compiled parts.", about: About::NodeJs,
        rules: &["es-modules-only", "install-script-not-run", "platform-package-missing", "requires-es-module"] },
    Check { passed: "No module is hidden by one that the runtime brings.", about: About::NodeJs,
        rules: &["hidden-by-runtime"] },
    Check { passed: "Compiled code is made for Lambda's system and the chosen processors.", about: About::Binaries,
        rules: &["wrong-platform", "wrong-architecture", "foreign-binary", "glibc-too-new", "libstdcxx-too-new", "damaged-binary"] },
    Check { passed: "Programs lie where Lambda finds them, and can be started.", about: About::Binaries,
        rules: &["program-not-on-path", "no-interpreter-line", "bootstrap-unused", "not-an-extension", "not-executable", "interpreter-not-on-lambda", "unread-interpreter-line", "too-many-extensions"] },
    Check { passed: "The runtimes are supported, and offered on the chosen processors.", about: About::Runtimes,
        rules: &["deprecated-runtime", "soon-deprecated-runtime", "unavailable-architecture", "invalid-runtime", "too-many-runtimes", "invalid-architecture"] },
    Check { passed: "Unpacked it is under Lambda's limit.", about: About::Files,
        rules: &["over-unzipped-limit", "empty-layer"] },
    Check { passed: "The zip is small enough to be uploaded with the publish call itself.", about: About::Files,
        rules: &["over-direct-upload-limit", "empty-layer"] },
    Check { passed: "AWS takes the layer's name and the other fields.", about: About::Fields,
        rules: &["invalid-layer-name", "invalid-description", "invalid-license-info", "invalid-region", "invalid-profile", "invalid-s3-bucket", "invalid-s3-key", "invalid-layout"] },
];

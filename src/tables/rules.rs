//! The rules: what can be wrong or better, and what to say about it.
//!
//! Ids are words, public, and never renamed. A rule's row holds what is the same at each occurrence; what was found is
//! the finding's message.

/// How bad a finding is; the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It will fail on a chosen target.
    Error,
    /// It may fail.
    Warning,
    /// It is worth knowing.
    Note,
}

impl Severity {
    /// The public name, e.g. `"error"`.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The public id, kebab-case, e.g. `"wrong-platform"`.
    pub id: &'static str,
    /// Why it matters when the layer runs or is published.
    pub why: &'static str,
    /// What a person can do.
    pub how: &'static str,
}

/// What a rule means for one of its causes, where each has its own remedy.
#[derive(Debug, PartialEq, Eq)]
pub struct Cause {
    /// Why it matters, in place of the rule's own words.
    pub why: &'static str,
    /// What a person can do.
    pub how: &'static str,
}

macro_rules! rules {
    ($($name:ident { id: $id:literal, why: $why:literal, how: $how:literal })*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $why)]
            pub const $name: &Rule = &Rule { id: $id, why: $why, how: $how };
        )*
        /// Every rule, in the order of the rows.
        pub const RULES: &[&Rule] = &[$($name),*];
    };
}

rules! {
    // The choices.
    NO_RUNTIME_CHOSEN { id: "no-runtime-chosen",
        why: "Without a runtime nothing can be checked against it, and AWS lists the layer for no runtime.",
        how: "Choose the runtimes that the layer is for." }
    INVALID_RUNTIME { id: "invalid-runtime",
        why: "AWS refuses the publish command.",
        how: "Choose runtimes from the list." }
    TOO_MANY_RUNTIMES { id: "too-many-runtimes",
        why: "AWS refuses a layer version that names more than 15 runtimes.",
        how: "Leave some out: the list is only a hint to those who look for layers." }
    INVALID_ARCHITECTURE { id: "invalid-architecture",
        why: "AWS refuses the publish command.",
        how: "Choose x86_64, arm64, or both." }
    UNAVAILABLE_ARCHITECTURE { id: "unavailable-architecture",
        why: "Lambda does not offer that runtime on that architecture, so no function can use the pair.",
        how: "Choose another runtime or leave the architecture out." }
    DEPRECATED_RUNTIME { id: "deprecated-runtime",
        why: "AWS no longer supports this runtime and blocks updates of functions on it.",
        how: "Choose a current runtime where you can." }
    SOON_DEPRECATED_RUNTIME { id: "soon-deprecated-runtime",
        why: "AWS will stop supporting this runtime, and then block updates of functions on it; its dates can still move.",
        how: "Choose a newer runtime as well, and try the layer on it before that day." }
    INVALID_LAYER_NAME { id: "invalid-layer-name",
        why: "AWS refuses other names; the AWS CLI does not check them beforehand.",
        how: "Use 1 to 140 letters, digits, hyphens and underscores." }
    INVALID_DESCRIPTION { id: "invalid-description",
        why: "AWS refuses the publish command; the AWS CLI does not check it beforehand.",
        how: "Use at most 256 characters." }
    INVALID_LICENSE_INFO { id: "invalid-license-info",
        why: "AWS refuses the publish command; the AWS CLI does not check it beforehand.",
        how: "Use an SPDX identifier, a web address, or at most 512 characters of text." }
    INVALID_REGION { id: "invalid-region",
        why: "The AWS CLI cannot reach a region of that name.",
        how: "Use a region's code, such as eu-west-1." }
    INVALID_PROFILE { id: "invalid-profile",
        why: "The name could be read as something else by a shell.",
        how: "Use letters, digits, and . _ - @ / + = : in the profile's name." }
    INVALID_S3_BUCKET { id: "invalid-s3-bucket",
        why: "AWS refuses the bucket's name.",
        how: "Use 3 to 63 letters, digits, dots, hyphens and underscores, not ending in a dot." }
    INVALID_S3_KEY { id: "invalid-s3-key",
        why: "The command's shorthand would read other characters as its own syntax.",
        how: "Use letters, digits, and . _ - / in the key, at most 1024 characters." }
    INVALID_S3_OBJECT_VERSION { id: "invalid-s3-object-version",
        why: "The command's shorthand would read other characters as its own syntax.",
        how: "Use the version id that S3 reports: letters, digits, and . _ -, at most 1024 characters." }
    INVALID_STORAGE_MODE { id: "invalid-storage-mode",
        why: "AWS refuses the publish command.",
        how: "Use copy, or reference to have Lambda read the zip from your own bucket." }
    BUCKET_NEEDED { id: "bucket-needed",
        why: "Only an object in S3 has a version, and only one can be referred to.",
        how: "Name an S3 bucket." }
    BUCKET_IN_ONE_REGION { id: "bucket-in-one-region",
        why: "Lambda takes a zip only from a bucket of its own region.",
        how: "Write {region} where your buckets' names differ, such as layers-{region}." }
    INVALID_AUDIENCE { id: "invalid-audience",
        why: "AWS refuses the permission.",
        how: "Use account ids of 12 digits, o- and the rest of an organization's id, or * for everyone." }
    SHARED_WITH_EVERYONE { id: "shared-with-everyone",
        why: "Anyone with an AWS account can read the layer's files and use it, and what was copied can't be taken back.",
        how: "Name accounts or an organization instead, unless the layer is meant for the public." }
    INVALID_FUNCTION { id: "invalid-function",
        why: "AWS finds no such function.",
        how: "Use a function's name of at most 64 letters, digits, hyphens and underscores, or its ARN in a region where the layer is published." }
    INVALID_KEEP_VERSIONS { id: "invalid-keep-versions",
        why: "The clean-up would delete every version.",
        how: "Keep at least 1." }
    INVALID_NAME_PREFIX { id: "invalid-name-prefix",
        why: "No layer's name can begin like that.",
        how: "Use at most 64 letters, digits, hyphens and underscores." }
    NAME_WITHOUT_PREFIX { id: "name-without-prefix",
        why: "Whoever set this page up expects the layer's name to begin like that; policies often allow only such names.",
        how: "Begin the name with the prefix." }
    LICENSE_NOT_ALLOWED { id: "license-not-allowed",
        why: "Whoever set this page up allows only certain licenses.",
        how: "Choose one of the allowed licenses if it is right, or ask whoever set this page up." }
    INVALID_LAYOUT { id: "invalid-layout",
        why: "There is no such layout, so the flat one is used.",
        how: "Choose flat or versioned." }
    INVALID_RECOMPRESS { id: "invalid-recompress",
        why: "There is no such way, so what is compressed already is kept.",
        how: "Choose keep or smallest." }
    UNKNOWN_PATH { id: "unknown-path",
        why: "The change has no effect: the file is no longer in the layer.",
        how: "Undo the change, or add the file again." }
    NOT_THE_SAME_BYTES { id: "not-the-same-bytes",
        why: "A link has no bytes of its own: whoever opened it would read the other file's.",
        how: "Undo the change, or link only files that hold the same bytes." }

    // What was dropped.
    UNRECOGNISED_SOURCE { id: "unrecognised-source",
        why: "It is not known where a runtime would look for it, so it is left out of the layer.",
        how: "If your code reads it by its path, put it somewhere under /opt; else leave it out." }
    UNSAFE_PATH { id: "unsafe-path",
        why: "Such a name can point outside the layer or be read differently by different programs.",
        how: "Rename the file, or make the archive again with relative names and forward slashes." }
    DUPLICATE_PATH { id: "duplicate-path",
        why: "A layer can hold only one file at a path; readers disagree about which of two they take.",
        how: "Leave one of the two out." }
    MIXED_BUILDS { id: "mixed-builds",
        why: "A layer is one tree for every function that uses it: the second build overwrites the first, and what is left runs on one processor.",
        how: "Make a layer for each, or leave one out." }
    TWO_VERSIONS { id: "two-versions",
        why: "The second version overwrites some files of the first, and what is left is a mixture of both.",
        how: "Leave one out." }
    SIMILAR_PATHS { id: "similar-paths",
        why: "The names differ only in case or in how accents are written: fine on Lambda, but a Mac or Windows folder can hold only one.",
        how: "Nothing, unless one of the two is a mistake." }
    NORMALISED_NAME { id: "normalised-name",
        why: "The archive does not say how its names are encoded; the reading below can be wrong.",
        how: "Look at the names; make the archive again with UTF-8 names if they are wrong." }
    AMBIGUOUS_ARCHIVE { id: "ambiguous-archive",
        why: "Two programs could read different files out of it, so what is shown need not be what runs.",
        how: "Make the archive again with a current tool, or download it again." }
    NORMALISED_ARCHIVE { id: "normalised-archive",
        why: "The archive is unusual, but can be read in one way only; the layer's own zip is plain.",
        how: "Nothing." }
    DAMAGED_ARCHIVE { id: "damaged-archive",
        why: "Its files cannot be read whole, so none of it is used.",
        how: "Download or build it again, and drop it again." }
    UNSUPPORTED_ARCHIVE { id: "unsupported-archive",
        why: "Its files cannot be read here, so none of it is used.",
        how: "Make a plain zip of its files: no password, no volumes, deflated or stored." }
    CLOSED_ARCHIVE { id: "closed-archive",
        why: "Archives within archives are opened three deep, so that what is dropped stays bounded; what is deeper was not looked at.",
        how: "Unpack the outer archives, and drop the inner one." }
    SOURCE_TOO_LARGE { id: "source-too-large",
        why: "It is far beyond what a layer may hold.",
        how: "Drop only what the layer needs." }
    LINK_COPIED { id: "link-copied",
        why: "Some tools lose links, and a link has the rights of its file; a copy works everywhere.",
        how: "Nothing." }
    LINK_DROPPED { id: "link-dropped",
        why: "What it stands for is not in the archive or is no file of its own, so it has no place in a layer.",
        how: "Add the file itself if the layer needs it." }
    MODE_MENDED { id: "mode-mended",
        why: "Lambda runs as another user: what is not readable for all fails to load.",
        how: "Nothing: the layer's files are readable for all." }
    INVALID_WHEEL { id: "invalid-wheel",
        why: "Installers refuse it or would install something else than it says.",
        how: "Download the wheel again, and keep its file name." }
    INVALID_PACKAGE { id: "invalid-package",
        why: "npm refuses it or would install something else than it says; its name becomes a path in the layer.",
        how: "Download the package again, or make it again with npm pack." }
    MISSING_PACKAGE { id: "missing-package",
        why: "The code that needs it fails with \"Cannot find module\".",
        how: "Install again, with pnpm's node-linker=hoisted or with npm, and drop node_modules." }
    HIDDEN_BY_RUNTIME { id: "hidden-by-runtime",
        why: "Node.js takes its own module of that name and never looks into the layer for it.",
        how: "Rename it." }
    NOT_READY { id: "not-ready",
        why: "Lambda runs what is there: it builds, installs and unpacks nothing by itself.",
        how: "Do what the message says, and drop the result." }
    UNRECORDED_FILE { id: "unrecorded-file",
        why: "The wheel's RECORD does not list the file, so installers may not know that it is there.",
        how: "Look at the file; leave it out if you did not expect it." }

    INVALID_GEM { id: "invalid-gem",
        why: "RubyGems refuses it or would install something else than it says; its name becomes a path in the layer.",
        how: "Download the gem again with gem fetch." }
    INCOMPLETE_GEM { id: "incomplete-gem",
        why: "RubyGems knows an installed gem by its specification, and loads its files from the folder of the same name: with one of the two missing, require fails.",
        how: "Drop the gem's own .gem file instead, or install it again with gem install --install-dir and drop that folder whole." }
    GEM_NOT_COMPILED { id: "gem-not-compiled",
        why: "RubyGems ignores an installed gem whose extensions are not built for the Ruby that runs (\"Ignoring … because its extensions are not built\"): require fails.",
        how: "Get its compiled gem, or install it on Amazon Linux with the runtime's own Ruby, gem install --install-dir, and drop that folder whole, with extensions." }
    PROGRAM_NOT_ON_PATH { id: "program-not-on-path",
        why: "Only bin is on the PATH of a function; a gem's code is found by require.",
        how: "Nothing, unless your code starts such a program by its name." }
    CODE_AT_START { id: "code-at-start",
        why: "A runtime passes its layer folders to Python's site module, which runs such lines at every cold start.",
        how: "Look at the file; leave it out if you did not expect it." }
    FOLDER_NOT_ON_LAMBDA { id: "folder-not-on-lambda",
        why: "The file points to a folder of the machine that it was made on, as an editable install does: what lies there is not in the layer.",
        how: "Install the package as a copy, without -e, and drop it again." }
    LAYER_DISCOURAGED { id: "layer-discouraged",
        why: "No runtime looks for it in a layer: a function of this language is compiled or published with all that it needs.",
        how: "Put it into the function instead; what your code reads by its path can still be put somewhere under /opt." }

    MISSING_DEPENDENCY { id: "missing-dependency",
        why: "What needs it fails when it imports it, unless the function or another layer brings it.",
        how: "Get it for the chosen runtime, and add it to the layer." }
    WRONG_DEPENDENCY_VERSION { id: "wrong-dependency-version",
        why: "The package was not made for that version of the other one: it may fail when it uses it.",
        how: "Get the version that fits, or leave both as they are if you know that they work together." }
    PLATFORM_PACKAGE_MISSING { id: "platform-package-missing",
        why: "npm installs the compiled part of some packages as a package of its own, for the machine that it runs on. Without Lambda's the package fails when it is loaded.",
        how: "Install it for Lambda's platform with the command that stands beside it, and drop node_modules." }
    EDGE_TAKES_NO_LAYERS { id: "edge-takes-no-layers",
        why: "Lambda@Edge refuses functions with layers.",
        how: "Put the files into the function, or leave that runtime out." }
    MISSING_PEER { id: "missing-peer",
        why: "The package expects that whoever uses it brings this one as well.",
        how: "Add it, unless the function brings it." }

    SHADOWS_STANDARD_LIBRARY { id: "shadows-standard-library",
        why: "A layer is searched before Python's own modules: whatever imports that name, Python itself included, gets the layer's.",
        how: "Leave out a back-port that the runtime's Python does not need; give a module of your own another name, or a folder around it." }
    BRINGS_SDK { id: "brings-sdk",
        why: "The layer's copy is used in place of the runtime's; it is fixed at its version, and large.",
        how: "Leave it out unless the function needs that version; bring boto3 and botocore together, or neither." }

    SECRET_IN_LAYER { id: "secret-in-layer",
        why: "Everyone who may use the layer can download and read it, and its versions cannot be changed.",
        how: "Leave the file out, and give the function what it needs by its environment or AWS Secrets Manager. If it was published already, change the secret." }
    ES_MODULES_ONLY { id: "es-modules-only",
        why: "Before Node.js 18, import does not search layers, and require loads no ES modules: both fail.",
        how: "Choose a newer runtime, or a version of the package that can be loaded with require." }
    REQUIRES_ES_MODULE { id: "requires-es-module",
        why: "Lambda's Node.js loads ES modules with require from version 24 on; it switches that off in 20 and 22, and earlier ones can't: ERR_REQUIRE_ESM.",
        how: "Choose nodejs24.x, get a version of the package that can be loaded with require, or set NODE_OPTIONS to --experimental-require-module on the function (Node.js 20 and 22)." }
    INSTALL_SCRIPT_NOT_RUN { id: "install-script-not-run",
        why: "The package's compiled part is not in what npm publishes: a script fetches or compiles it at installation. Without it the package fails when it is loaded.",
        how: "Install the package for Lambda's platform with the command that stands beside it, and drop the result." }

    // Against the chosen runtimes.
    WRONG_PYTHON_VERSION { id: "wrong-python-version",
        why: "The runtime's Python does not load what was built for another one: the import fails.",
        how: "Get the wheel for the chosen runtime, or choose the runtime that it is for." }
    REQUIRES_OTHER_PYTHON { id: "requires-other-python",
        why: "Its metadata exclude that Python: pip refuses to install it there, and it may fail when it is imported.",
        how: "Get a version for the chosen runtime, or choose a runtime that it is for." }
    REQUIRES_OTHER_NODE { id: "requires-other-node",
        why: "The package is made for other versions of Node.js; it may use what the chosen one lacks.",
        how: "Try it, take another version of the package, or choose a runtime that it is for." }
    WRONG_RUBY_VERSION { id: "wrong-ruby-version",
        why: "The gem was not made for that Ruby: installers refuse it, and compiled parts do not load.",
        how: "Get a version of the gem for the chosen runtime, or choose the runtime that it is for." }
    WRONG_PLATFORM { id: "wrong-platform",
        why: "Compiled code runs only on the system and processor that it was built for: the import fails.",
        how: "Get the build for Linux and the chosen architecture." }

    WRONG_ARCHITECTURE { id: "wrong-architecture",
        why: "A processor runs only what was compiled for it: the program does not start, the library does not load.",
        how: "Get the build for the chosen architecture, or choose the one that it is for." }
    NOTHING_FOR_RUNTIME { id: "nothing-for-runtime",
        why: "A function on this runtime finds nothing of its own in the layer, so it gains nothing from it.",
        how: "Leave the runtime out, or add what it should find." }
    FOREIGN_BINARY { id: "foreign-binary",
        why: "Lambda runs Linux with the GNU C library: what was compiled for macOS, Windows or Alpine does not start or load there.",
        how: "Get the build for Linux with glibc." }
    GLIBC_TOO_NEW { id: "glibc-too-new",
        why: "A file that was linked against a newer C library asks for functions that the runtime's system lacks: it does not load.",
        how: "Get a build for an older Linux (manylinux2014 or manylinux_2_28), build it on the runtime's own image, or choose a runtime on a newer system." }
    LIBSTDCXX_TOO_NEW { id: "libstdcxx-too-new",
        why: "The file asks for parts of the C++ library that the runtime's system lacks, and a copy in lib is not used, since the system's comes first.",
        how: "Get a build for an older Linux, link the C++ library statically, or choose a runtime on a newer system." }
    WRONG_PYTHON_ABI { id: "wrong-python-abi",
        why: "Python finds a compiled module by the version and platform in its name: one for another interpreter is not found, and the import fails.",
        how: "Get the package for the chosen runtime, or choose the runtime that it is for." }
    JAVA_CLASS_TOO_NEW { id: "java-class-too-new",
        why: "An older Java refuses classes that were compiled for a newer one: UnsupportedClassVersionError.",
        how: "Get the build for the chosen Java, compile with --release, or choose a newer runtime." }
    JAVA_PREVIEW_CLASS { id: "java-preview-class",
        why: "Classes that were compiled with --enable-preview are loaded by the Java that they were compiled for, and by that only where previews are enabled: else UnsupportedClassVersionError.",
        how: "Get or compile a build without --enable-preview; or keep to that Java, and set JAVA_TOOL_OPTIONS=--enable-preview for the function." }
    DUPLICATE_CLASSES { id: "duplicate-classes",
        why: "Java takes a class from the first jar that has it, by the jars' names, and never looks at the other: what was compiled against that one can fail with NoSuchMethodError.",
        how: "Keep one of the two: mostly they are versions of one library, or one was copied into the other." }
    CLASSES_TWICE { id: "classes-twice",
        why: "Java takes none of its classes: it costs bytes, and time when the function starts.",
        how: "Leave it out, unless the function reads other files of it." }
    MISSING_LIBRARY { id: "missing-library",
        why: "The linker refuses to load a file if any library that it needs is not found: \"cannot open shared object file\".",
        how: "Add the libraries to lib, built for the runtime's system, or get a build that brings its own." }
    UNPROVEN_LIBRARY { id: "unproven-library",
        why: "Lambda's own systems hold less than the images that are published of them.",
        how: "Try it, or add the library to lib." }
    BROKEN_ORIGIN { id: "broken-origin",
        why: "The file looks for its libraries in a folder beside its own; moved apart, neither finds the other.",
        how: "Move the folder back, or add the package again as it was." }
    SHADOWED_LIBRARY { id: "shadowed-library",
        why: "The linker searches the system's folders before lib: a library of the same name there wins, however old it is.",
        how: "Leave it out; give a library that must win another name, or a search path in the file that needs it." }
    DAMAGED_BINARY { id: "damaged-binary",
        why: "The linker refuses to load it: \"file too short\", or \"ELF load command address/offset not properly aligned\".",
        how: "Get the file again; leave out the step that stripped or patched it." }
    DEBUG_SYMBOLS { id: "debug-symbols",
        why: "They count against Lambda's limits, and no function reads them.",
        how: "Get a build without them, or run strip --strip-debug on the file; try it then, since stripping breaks some files that were patched." }
    LIBRARY_COPIES { id: "library-copies",
        why: "Libraries are installed under several names, most of them links for compilers, and packages bring the same ones; archives and browsers turn links into copies, and each copy counts against Lambda's limits.",
        how: "Keep the name that others load it by, unless your code opens it by another one; or make the others links, which Lambda keeps. Tools that unpack the zip elsewhere, such as SAM's local run, may not." }
    NOT_CHECKED { id: "not-checked",
        why: "Nothing is said about it, neither good nor bad.",
        how: "Look at it yourself, or try it on Lambda." }
    BOOTSTRAP_UNUSED { id: "bootstrap-unused",
        why: "Lambda starts bootstrap from a layer only for custom runtimes, those whose name begins with provided.",
        how: "Choose a custom runtime, or leave the file out." }
    EXEC_WRAPPER { id: "exec-wrapper",
        why: "A wrapper does nothing by itself: the function's environment names it.",
        how: "Set AWS_LAMBDA_EXEC_WRAPPER on each function that should use it." }
    NO_INTERPRETER_LINE { id: "no-interpreter-line",
        why: "Linux starts a script by its first line; without it only a shell does, and a program that starts it directly fails.",
        how: "Begin the script with a line such as #!/bin/sh." }
    UNREAD_INTERPRETER_LINE { id: "unread-interpreter-line",
        why: "Linux reads a script's first line byte by byte: with a byte order mark before it there is none for it, and a carriage return at its end makes it name a program that nobody has.",
        how: "Mend it here, or save the script as UTF-8 without a byte order mark and with the line ends of Linux." }
    NOT_AN_EXTENSION { id: "not-an-extension",
        why: "Lambda starts every file in extensions as a program of its own; one that can't be started stops every function that uses the layer.",
        how: "Keep what an extension reads in another folder, such as one of its own name." }
    TOO_MANY_EXTENSIONS { id: "too-many-extensions",
        why: "Lambda starts every file in extensions, and a function can register 10 extensions, those of its other layers among them: what comes after is refused.",
        how: "Leave out those that the function can do without, or keep what they read in another folder." }
    NOT_EXECUTABLE { id: "not-executable",
        why: "Linux starts no file without its execute bit: \"permission denied\".",
        how: "Set the execute bit." }
    INTERPRETER_NOT_ON_LAMBDA { id: "interpreter-not-on-lambda",
        why: "Linux starts a script with the program that its first line names; where that is missing, the script fails with \"no such file or directory\".",
        how: "Name what is there: #!/bin/sh, or #!/usr/bin/env with the language of the runtime; or put the interpreter into bin." }

    // The whole layer.
    REPAIRED_LAYER { id: "repaired-layer",
        why: "Nothing would have found it where it was.",
        how: "Nothing; undo the step if it was meant to be so." }
    WRONG_VERSION_FOLDER { id: "wrong-version-folder",
        why: "A runtime searches only the folder of its own version: what lies in another one is not found.",
        how: "Choose the runtime of that version, or move the content to the folder of all versions." }
    EMPTY_LAYER { id: "empty-layer",
        why: "AWS refuses an empty zip.",
        how: "Add files." }
    OVER_UNZIPPED_LIMIT { id: "over-unzipped-limit",
        why: "AWS refuses to publish it: a function and all its layers must stay under 262,144,000 bytes unpacked.",
        how: "Leave out what is not needed when the function runs. What can't be made to fit goes into a container image of up to 10 GB, which takes no layers." }
    OVER_DIRECT_UPLOAD_LIMIT { id: "over-direct-upload-limit",
        why: "A publish call can carry a zip of at most 52,428,800 bytes; a larger one must come from S3.",
        how: "Name an S3 bucket in the settings: the command then uploads there first." }
}

//! The kinds of things that a source, or a part of it, can be.

use crate::tables::runtimes::Language;

/// What a source, or a part of it, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A wheel (PEP 427).
    Wheel,
    /// Installed Python packages: a `site-packages` folder, `pip install --target`, or part of a virtual environment.
    SitePackages,
    /// One Python package: a folder with `__init__.py`.
    PythonPackage,
    /// One Python module: a `.py` file or an extension module.
    PythonModule,
    /// Python files that lie side by side.
    PythonCode,
    /// An egg: Python packages with setuptools' own metadata.
    Egg,
    /// Python source code that has to be built.
    SourceDistribution,
    /// A list of Python packages.
    PythonList,
    /// One npm package: a tarball, or a folder whose `package.json` names it.
    NpmPackage,
    /// Installed npm packages: a `node_modules` folder.
    NodeModules,
    /// JavaScript of one's own that is no package.
    NodeCode,
    /// A jar.
    Jar,
    /// A gem.
    Gem,
    /// A gem with code that has to be compiled.
    GemSource,
    /// Installed gems with their specifications.
    GemHome,
    /// Ruby of one's own that is no gem.
    RubyCode,
    /// A program or a script.
    Executable,
    /// A shared library.
    SharedLibrary,
    /// An external extension of Lambda.
    Extension,
    /// A script that stands before a runtime's start.
    ExecWrapper,
    /// The start of a custom runtime.
    Bootstrap,
    /// Assemblies of .NET, or its source code.
    DotNet,
    /// Source code of Go.
    Go,
    /// Source code of Rust.
    Rust,
    /// A tree that is laid out as a layer already.
    Layer,
    /// A text file that was written by hand.
    Written,
    /// Sources or lists that have to be built or installed first.
    NotReady,
    /// Not known.
    Unrecognised,
    /// Refused as a whole.
    Refused,
}

impl Kind {
    /// The language whose runtimes look for it; `None` where every runtime does, or none.
    pub fn language(self) -> Option<Language> {
        match self {
            Kind::Wheel
            | Kind::SitePackages
            | Kind::PythonPackage
            | Kind::PythonModule
            | Kind::PythonCode
            | Kind::Egg
            | Kind::SourceDistribution
            | Kind::PythonList => Some(Language::Python),
            Kind::NpmPackage | Kind::NodeModules | Kind::NodeCode => Some(Language::NodeJs),
            Kind::Jar => Some(Language::Java),
            Kind::Gem | Kind::GemSource | Kind::GemHome | Kind::RubyCode => Some(Language::Ruby),
            Kind::Bootstrap => Some(Language::Provided),
            Kind::DotNet => Some(Language::DotNet),
            Kind::Go => Some(Language::Go),
            Kind::Executable | Kind::SharedLibrary | Kind::Extension | Kind::ExecWrapper | Kind::Rust => None,
            Kind::Layer | Kind::Written | Kind::NotReady | Kind::Unrecognised | Kind::Refused => None,
        }
    }

    /// The public name, e.g. `"python-package"`.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Wheel => "wheel",
            Kind::SitePackages => "site-packages",
            Kind::PythonPackage => "python-package",
            Kind::PythonModule => "python-module",
            Kind::PythonCode => "python-code",
            Kind::Egg => "egg",
            Kind::SourceDistribution => "sdist",
            Kind::PythonList => "python-requirements",
            Kind::NpmPackage => "npm-package",
            Kind::NodeModules => "node-modules",
            Kind::NodeCode => "node-code",
            Kind::Jar => "jar",
            Kind::Gem => "gem",
            Kind::GemSource => "gem-source",
            Kind::GemHome => "gem-home",
            Kind::RubyCode => "ruby-code",
            Kind::Executable => "executable",
            Kind::SharedLibrary => "shared-library",
            Kind::Extension => "extension",
            Kind::ExecWrapper => "exec-wrapper",
            Kind::Bootstrap => "bootstrap",
            Kind::DotNet => "dotnet",
            Kind::Go => "go",
            Kind::Rust => "rust",
            Kind::Layer => "layer",
            Kind::Written => "written",
            Kind::NotReady => "not-ready",
            Kind::Unrecognised => "unrecognised",
            Kind::Refused => "refused",
        }
    }
}

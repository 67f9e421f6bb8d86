//! Where shared libraries come from that Lambda's systems lack, and what is known about packages that load some.
//!
//! Source: the names that Fedora and RHEL give the packages, from which Amazon Linux takes them, and AWS's lists of packages
//! (<https://docs.aws.amazon.com/linux/al2023/release-notes/all-packages.html> and `removed.html` there); the documentation
//! of the packages named. Checked on 2026-11-29: those of which names differ between systems were found in the notes of AL2023's
//! releases; libaio, libxcrypt-compat and most of X11 only in others' lists of what they install there.

use super::runtimes::OperatingSystem;

/// A library and how to get it.
#[derive(Debug)]
pub struct Origin {
    /// How its file name begins, e.g. `"libGL.so"`.
    pub name: &'static str,
    /// The package of Amazon Linux 2 that holds it, e.g. `"libglvnd-glx"`; empty where none does.
    pub al2: &'static str,
    /// The one of Amazon Linux 2023.
    pub al2023: &'static str,
}

/// Libraries that are missed often, sorted by name.
#[rustfmt::skip]
pub const ORIGINS: &[Origin] = &[
    Origin { name: "libEGL.so",            al2: "libglvnd-egl",        al2023: "libglvnd-egl" },
    Origin { name: "libGL.so",             al2: "libglvnd-glx",        al2023: "libglvnd-glx" },
    Origin { name: "libICE.so",            al2: "libICE",              al2023: "libICE" },
    Origin { name: "libSM.so",             al2: "libSM",               al2023: "libSM" },
    Origin { name: "libX11-xcb.so",        al2: "libX11",              al2023: "libX11-xcb" },
    Origin { name: "libX11.so",            al2: "libX11",              al2023: "libX11" },
    Origin { name: "libXcomposite.so",     al2: "libXcomposite",       al2023: "libXcomposite" },
    Origin { name: "libXdamage.so",        al2: "libXdamage",          al2023: "libXdamage" },
    Origin { name: "libXext.so",           al2: "libXext",             al2023: "libXext" },
    Origin { name: "libXfixes.so",         al2: "libXfixes",           al2023: "libXfixes" },
    Origin { name: "libXi.so",             al2: "libXi",               al2023: "libXi" },
    Origin { name: "libXrandr.so",         al2: "libXrandr",           al2023: "libXrandr" },
    Origin { name: "libXrender.so",        al2: "libXrender",          al2023: "libXrender" },
    Origin { name: "libaio.so",            al2: "libaio",              al2023: "libaio" },
    Origin { name: "libasound.so",         al2: "alsa-lib",            al2023: "alsa-lib" },
    Origin { name: "libatk-1.0.so",        al2: "atk",                 al2023: "atk" },
    Origin { name: "libatk-bridge-2.0.so", al2: "at-spi2-atk",         al2023: "at-spi2-atk" },
    Origin { name: "libatomic.so",         al2: "libatomic",           al2023: "libatomic" },
    Origin { name: "libcairo.so",          al2: "cairo",               al2023: "cairo" },
    Origin { name: "libcrypt.so.1",        al2: "libcrypt",            al2023: "libxcrypt-compat" },
    Origin { name: "libcrypt.so.2",        al2: "",                    al2023: "libxcrypt" },
    Origin { name: "libcups.so",           al2: "cups-libs",           al2023: "cups-libs" },
    Origin { name: "libdbus-1.so",         al2: "dbus-libs",           al2023: "dbus-libs" },
    Origin { name: "libdrm.so",            al2: "libdrm",              al2023: "libdrm" },
    Origin { name: "libexpat.so",          al2: "expat",               al2023: "expat" },
    Origin { name: "libfontconfig.so",     al2: "fontconfig",          al2023: "fontconfig" },
    Origin { name: "libfreetype.so",       al2: "freetype",            al2023: "freetype" },
    Origin { name: "libgbm.so",            al2: "mesa-libgbm",         al2023: "mesa-libgbm" },
    Origin { name: "libgdk_pixbuf-2.0.so", al2: "gdk-pixbuf2",         al2023: "gdk-pixbuf2" },
    Origin { name: "libgfortran.so",       al2: "libgfortran",         al2023: "libgfortran" },
    Origin { name: "libgobject-2.0.so",    al2: "glib2",               al2023: "glib2" },
    Origin { name: "libgomp.so",           al2: "libgomp",             al2023: "libgomp" },
    Origin { name: "libgthread-2.0.so",    al2: "glib2",               al2023: "glib2" },
    Origin { name: "libharfbuzz.so",       al2: "harfbuzz",            al2023: "harfbuzz" },
    Origin { name: "libjpeg.so",           al2: "libjpeg-turbo",       al2023: "libjpeg-turbo" },
    Origin { name: "libldap",              al2: "openldap",            al2023: "openldap" },
    Origin { name: "libmariadb.so",        al2: "",                    al2023: "mariadb-connector-c" },
    Origin { name: "libmysqlclient.so",    al2: "mariadb-libs",        al2023: "" },
    Origin { name: "libnsl.so.1",          al2: "",                    al2023: "libnsl" },
    Origin { name: "libnspr4.so",          al2: "nspr",                al2023: "nspr" },
    Origin { name: "libnss3.so",           al2: "nss",                 al2023: "nss" },
    Origin { name: "libodbc.so",           al2: "unixODBC",            al2023: "unixODBC" },
    Origin { name: "libpango-1.0.so",      al2: "pango",               al2023: "pango" },
    Origin { name: "libpangocairo-1.0.so", al2: "pango",               al2023: "pango" },
    Origin { name: "libpangoft2-1.0.so",   al2: "pango",               al2023: "pango" },
    Origin { name: "libpng",               al2: "libpng",              al2023: "libpng" },
    Origin { name: "libpq.so",             al2: "postgresql-libs",     al2023: "libpq" },
    Origin { name: "libssl.so.1.1",        al2: "openssl11-libs",      al2023: "" },
    Origin { name: "libthai.so",           al2: "libthai",             al2023: "libthai" },
    Origin { name: "libtiff.so",           al2: "libtiff",             al2023: "libtiff" },
    Origin { name: "libxcb",               al2: "libxcb",              al2023: "libxcb" },
    Origin { name: "libxkbcommon.so",      al2: "libxkbcommon",        al2023: "libxkbcommon" },
    Origin { name: "libxslt.so",           al2: "libxslt",             al2023: "libxslt" },
];

/// The package of a system that holds a library, e.g. `"libglvnd-glx"` of `"libGL.so.1"`.
pub fn package_of(library: &str, system: OperatingSystem) -> Option<&'static str> {
    let origin = ORIGINS.iter().find(|origin| library.starts_with(origin.name))?;
    let package = match system {
        OperatingSystem::Al1 => "",
        OperatingSystem::Al2 => origin.al2,
        OperatingSystem::Al2023 => origin.al2023,
    };
    Some(package).filter(|package| !package.is_empty())
}

/// A package of which another one has the same without what is missing: its name, and the other's.
pub const ALTERNATIVES: &[(&str, &str)] = &[
    ("cv2", "opencv-python-headless"),
    ("opencv-contrib-python", "opencv-contrib-python-headless"),
    ("opencv-python", "opencv-python-headless"),
    ("psycopg2", "psycopg2-binary"),
];

/// Files that their package can do without: the package's folder and how their names begin.
pub const OPTIONAL: &[(&str, &str)] = &[("numba", "omppool."), ("numba", "tbbpool.")];

/// A Python package that loads libraries when it runs, which no header of a file tells.
#[derive(Debug)]
pub struct Opened {
    /// The package's folder, e.g. `"weasyprint"`.
    pub package: &'static str,
    /// The libraries.
    pub libraries: &'static [&'static str],
}

/// What is known to do so.
#[rustfmt::skip]
pub const OPENED: &[Opened] = &[
    Opened { package: "cairocffi",  libraries: &["libcairo.so.2"] },
    Opened { package: "enchant",    libraries: &["libenchant-2.so.2"] },
    Opened { package: "magic",      libraries: &["libmagic.so.1"] },
    Opened { package: "pyzbar",     libraries: &["libzbar.so.0"] },
    Opened { package: "usb",        libraries: &["libusb-1.0.so.0"] },
    Opened { package: "wand",       libraries: &["libMagickWand-7.Q16HDRI.so.10"] },
    Opened { package: "weasyprint", libraries: &["libgobject-2.0.so.0", "libharfbuzz.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0"] },
];

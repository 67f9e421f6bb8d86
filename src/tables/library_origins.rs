//! Where shared libraries come from that Lambda's systems lack, and what is known about packages that load some.
//!
//! Source: the package lists of Amazon Linux 2 and 2023, the documentation of the packages named; checked on 2026-11-25.

/// A library and how to get it.
#[derive(Debug)]
pub struct Origin {
    /// How its file name begins, e.g. `"libGL.so"`.
    pub name: &'static str,
    /// The package of Amazon Linux that holds it, e.g. `"mesa-libGL"`; empty where none does.
    pub package: &'static str,
}

/// Libraries that are missed often, sorted by name.
#[rustfmt::skip]
pub const ORIGINS: &[Origin] = &[
    Origin { name: "libEGL.so",            package: "libglvnd-egl" },
    Origin { name: "libGL.so",             package: "libglvnd-glx" },
    Origin { name: "libICE.so",            package: "libICE" },
    Origin { name: "libSM.so",             package: "libSM" },
    Origin { name: "libX11-xcb.so",        package: "libX11-xcb" },
    Origin { name: "libX11.so",            package: "libX11" },
    Origin { name: "libXcomposite.so",     package: "libXcomposite" },
    Origin { name: "libXdamage.so",        package: "libXdamage" },
    Origin { name: "libXext.so",           package: "libXext" },
    Origin { name: "libXfixes.so",         package: "libXfixes" },
    Origin { name: "libXi.so",             package: "libXi" },
    Origin { name: "libXrandr.so",         package: "libXrandr" },
    Origin { name: "libXrender.so",        package: "libXrender" },
    Origin { name: "libaio.so",            package: "libaio" },
    Origin { name: "libasound.so",         package: "alsa-lib" },
    Origin { name: "libatk-1.0.so",        package: "atk" },
    Origin { name: "libatk-bridge-2.0.so", package: "at-spi2-atk" },
    Origin { name: "libatomic.so",         package: "libatomic" },
    Origin { name: "libcairo.so",          package: "cairo" },
    Origin { name: "libcrypt.so.1",        package: "libxcrypt-compat" },
    Origin { name: "libcrypt.so.2",        package: "libxcrypt" },
    Origin { name: "libcups.so",           package: "cups-libs" },
    Origin { name: "libdbus-1.so",         package: "dbus-libs" },
    Origin { name: "libdrm.so",            package: "libdrm" },
    Origin { name: "libexpat.so",          package: "expat" },
    Origin { name: "libfontconfig.so",     package: "fontconfig" },
    Origin { name: "libfreetype.so",       package: "freetype" },
    Origin { name: "libgbm.so",            package: "mesa-libgbm" },
    Origin { name: "libgdk_pixbuf-2.0.so", package: "gdk-pixbuf2" },
    Origin { name: "libgfortran.so",       package: "libgfortran" },
    Origin { name: "libgobject-2.0.so",    package: "glib2" },
    Origin { name: "libgomp.so",           package: "libgomp" },
    Origin { name: "libgthread-2.0.so",    package: "glib2" },
    Origin { name: "libharfbuzz.so",       package: "harfbuzz" },
    Origin { name: "libjpeg.so",           package: "libjpeg-turbo" },
    Origin { name: "libldap",              package: "openldap" },
    Origin { name: "libmariadb.so",        package: "mariadb-connector-c" },
    Origin { name: "libmysqlclient.so",    package: "mysql-community-libs" },
    Origin { name: "libnsl.so.1",          package: "libnsl" },
    Origin { name: "libnspr4.so",          package: "nspr" },
    Origin { name: "libnss3.so",           package: "nss" },
    Origin { name: "libodbc.so",           package: "unixODBC" },
    Origin { name: "libpango-1.0.so",      package: "pango" },
    Origin { name: "libpangocairo-1.0.so", package: "pango" },
    Origin { name: "libpangoft2-1.0.so",   package: "pango" },
    Origin { name: "libpng",               package: "libpng" },
    Origin { name: "libpq.so",             package: "libpq" },
    Origin { name: "libssl.so.1.1",        package: "openssl11-libs" },
    Origin { name: "libthai.so",           package: "libthai" },
    Origin { name: "libtiff.so",           package: "libtiff" },
    Origin { name: "libxcb",               package: "libxcb" },
    Origin { name: "libxkbcommon.so",      package: "libxkbcommon" },
    Origin { name: "libxslt.so",           package: "libxslt" },
];

/// The package of Amazon Linux that holds a library.
pub fn package_of(library: &str) -> Option<&'static str> {
    ORIGINS.iter().find(|origin| library.starts_with(origin.name)).map(|origin| origin.package)
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

//! Shared libraries that Lambda's systems bring, by the name that others need them by.
//!
//! Source: for Amazon Linux 2 the files of the real environment as dumped by the lambci project; for Amazon Linux 2023
//! the listing of the base image by the Bref project (2025), whose libraries are *likely* there: the real environment
//! is not the image, and some that the image has are known to be missing; for Amazon Linux the packages of the real
//! environment as dumped by the lambci project. Checked on 2026-11-28 against Bref's listings of both images
//! (github.com/brefphp/aws-lambda-layers, `utils/lib-copy/libs-x86.txt`): what only one of several sources has, is unsure.
//! What no row names is not there.

use super::runtimes::{Language, OperatingSystem};
use OperatingSystem::{Al1, Al2, Al2023};
use Presence::{Absent, Likely, Sure, Unsure};

/// How sure it is that a system has a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// It was seen there.
    Sure,
    /// It is in the image that the environment is made like.
    Likely,
    /// Sources disagree.
    Unsure,
    /// It is not there.
    Absent,
}

/// Libraries of a system.
#[derive(Debug)]
pub struct Libraries {
    /// The systems.
    pub systems: &'static [OperatingSystem],
    /// How sure it is.
    pub presence: Presence,
    /// Their names.
    pub names: &'static [&'static str],
}

/// The rows; the first that names a library decides.
#[rustfmt::skip]
pub const LIBRARIES: &[Libraries] = &[
    Libraries { systems: &[Al1, Al2, Al2023], presence: Sure, names: &[
        "ld-linux-aarch64.so.1", "ld-linux-x86-64.so.2", "libanl.so.1", "libc.so.6", "libdl.so.2", "libgcc_s.so.1",
        "libm.so.6", "libpthread.so.0", "libresolv.so.2", "librt.so.1", "libstdc++.so.6", "libutil.so.1", "libz.so.1",
    ] },
    Libraries { systems: &[Al2, Al2023], presence: Sure, names: &[
        "libBrokenLocale.so.1", "libmvec.so.1", "libnss_compat.so.2", "libnss_dns.so.2", "libnss_files.so.2",
        "libthread_db.so.1",
    ] },
    Libraries { systems: &[Al2], presence: Sure, names: &[
        "libacl.so.1", "libattr.so.1", "libcap.so.2", "libcom_err.so.2", "libcrypto.so.10", "libffi.so.6",
        "libform.so.6", "libgmp.so.10", "libgssapi_krb5.so.2", "libk5crypto.so.3", "libkeyutils.so.1", "libkrb5.so.3",
        "libkrb5support.so.0", "libmenu.so.6", "libncurses.so.6", "libncursesw.so.6", "libnsl.so.1", "libnspr4.so",
        "libnssutil3.so", "libp11-kit.so.0", "libpanel.so.6", "libpcre.so.1", "libpopt.so.0", "libselinux.so.1",
        "libsepol.so.1", "libssl.so.10", "libtasn1.so.6", "libtinfo.so.6",
    ] },
    Libraries { systems: &[Al2], presence: Likely, names: &["libicudata.so.50", "libicui18n.so.50", "libicuuc.so.50"] },
    Libraries { systems: &[Al2], presence: Unsure, names: &[
        "libassuan.so.0", "libblkid.so.1", "libbz2.so.1", "libcurl.so.4", "libdb-5.3.so", "libelf.so.1",
        "libexpat.so.1", "libfontconfig.so.1", "libformw.so.6", "libfreetype.so.6", "libgcrypt.so.11",
        "libgdbm.so.4", "libgio-2.0.so.0", "libglib-2.0.so.0", "libgmodule-2.0.so.0", "libgobject-2.0.so.0",
        "libgpg-error.so.0", "libgpgme.so.11", "libgssrpc.so.4", "libgthread-2.0.so.0", "libhistory.so.6",
        "libidn2.so.0", "liblber-2.4.so.2", "libldap-2.4.so.2", "libldap_r-2.4.so.2", "liblzma.so.5",
        "libmagic.so.1", "libmenuw.so.6", "libmount.so.1", "libnghttp2.so.14", "libnss3.so", "libpanelw.so.6",
        "libpng15.so.15", "libpsl.so.5", "libreadline.so.6", "libsasl2.so.3", "libsmime3.so",
        "libsqlite3.so.0", "libssh2.so.1", "libssl3.so", "libtic.so.6", "libunistring.so.0", "libuuid.so.1",
        "libverto.so.1", "libxml2.so.2",
    ] },
    Libraries { systems: &[Al2023], presence: Likely, names: &[
        "libacl.so.1", "libarchive.so.13", "libattr.so.1", "libaudit.so.1", "libblkid.so.1", "libbz2.so.1",
        "libcap-ng.so.0", "libcap.so.2", "libcom_err.so.2", "libcrypto.so.3", "libcurl.so.4", "libffi.so.8",
        "libform.so.6", "libformw.so.6", "libglib-2.0.so.0", "libgmp.so.10", "libgssapi_krb5.so.2", "libgssrpc.so.4",
        "libhistory.so.8", "libidn2.so.0", "libjson-c.so.5", "libk5crypto.so.3", "libkeyutils.so.1", "libkrb5.so.3",
        "libkrb5support.so.0", "liblua-5.4.so", "liblz4.so.1", "liblzma.so.5", "libmagic.so.1", "libmenu.so.6",
        "libmenuw.so.6", "libmount.so.1", "libmpfr.so.6", "libncurses.so.6", "libncursesw.so.6", "libnghttp2.so.14",
        "libp11-kit.so.0", "libpanel.so.6", "libpanelw.so.6", "libpcre2-8.so.0", "libpcre2-posix.so.3", "libpopt.so.0",
        "libreadline.so.8", "libselinux.so.1", "libsepol.so.2", "libsigsegv.so.2", "libsmartcols.so.1",
        "libsqlite3.so.0", "libssl.so.3", "libtasn1.so.6", "libtic.so.6", "libtinfo.so.6", "libunistring.so.2",
        "libuuid.so.1", "libverto.so.1", "libxml2.so.2", "libyaml-0.so.2", "libzstd.so.1",
    ] },
    Libraries { systems: &[Al2023], presence: Unsure, names: &[
        "libassuan.so.0", "libgcrypt.so.20", "libgio-2.0.so.0", "libgmodule-2.0.so.0", "libgobject-2.0.so.0",
        "libgpg-error.so.0", "libgpgme.so.11", "libgthread-2.0.so.0", "libnpth.so.0", "libpsl.so.5",
    ] },
    Libraries { systems: &[Al1], presence: Likely, names: &[
        "libGL.so.1", "libICE.so.6", "libSM.so.6", "libX11.so.6", "libXau.so.6", "libXcomposite.so.1",
        "libXdamage.so.1", "libXext.so.6", "libXfixes.so.3", "libXi.so.6", "libXrender.so.1", "libXt.so.6",
        "libXtst.so.6", "libacl.so.1", "libattr.so.1", "libblkid.so.1", "libbz2.so.1", "libcairo.so.2", "libcap.so.2",
        "libcom_err.so.2", "libcrypt.so.1", "libcrypto.so.10", "libcurl.so.4", "libexpat.so.1", "libffi.so.6",
        "libfontconfig.so.1", "libfreetype.so.6", "libgio-2.0.so.0", "libglib-2.0.so.0", "libgmodule-2.0.so.0",
        "libgmp.so.10", "libgobject-2.0.so.0", "libgomp.so.1", "libgssapi_krb5.so.2", "libgthread-2.0.so.0",
        "libicudata.so.50", "libicui18n.so.50", "libicuuc.so.50", "libidn2.so.0", "libjpeg.so.62", "libk5crypto.so.3",
        "libkeyutils.so.1", "libkrb5.so.3", "libkrb5support.so.0", "liblcms2.so.2", "liblzma.so.5", "libmagic.so.1",
        "libmount.so.1", "libnghttp2.so.14", "libnsl.so.1", "libnspr4.so", "libnss3.so", "libnssutil3.so",
        "libpcre.so.0", "libpng12.so.0", "libpsl.so.0", "libreadline.so.6", "libselinux.so.1", "libsmime3.so",
        "libsqlite3.so.0", "libssh2.so.1", "libssl.so.10", "libtiff.so.5", "libuuid.so.1", "libxcb.so.1",
        "libxml2.so.2", "libxslt.so.1",
    ] },
];

/// Where Lambda's systems have their libraries.
pub const FOLDERS: &[&str] = &["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

/// What `$LIB` in a search path stands for on systems of Red Hat's kind (`ld.so(8)`).
pub const SYSTEM_LIB: &str = "lib64";

/// Libraries that a language's runtime brings in its own folder, which is searched before the system's: how they begin.
pub const OF_RUNTIMES: &[(Language, &str)] = &[
    (Language::Python, "libpython"),
    (Language::Ruby, "libruby"),
    (Language::Java, "libjvm.so"),
    (Language::Java, "libjli.so"),
    (Language::Java, "libjava.so"),
];

/// Whether a system has a library, e.g. `Sure` of `"libz.so.1"`.
pub fn presence(system: OperatingSystem, name: &str) -> Presence {
    let row = LIBRARIES.iter().find(|row| row.systems.contains(&system) && row.names.binary_search(&name).is_ok());
    match (row, system) {
        (Some(row), _) => row.presence,
        // The dump of the oldest system lists packages, not files.
        (None, Al1) => Unsure,
        (None, _) => Absent,
    }
}

/// The newest version of a family of symbols that a system's library has; no row where there is nothing to say.
/// Source: glibc 2.17, 2.26 and 2.34; libstdc++ of GCC 7.2, 7.3 and 14 (GNU's table of its ABI history), by the files of the
/// images: `libstdc++.so.6.0.24` on the older systems, `.33` on Amazon Linux 2023 in 2025, where it was `.29` in 2024.
#[rustfmt::skip]
pub const NEWEST_SYMBOLS: &[(&str, &str, OperatingSystem, &[u32])] = &[
    ("GLIBC_",   "glibc",     Al1,    &[2, 17]),
    ("GLIBC_",   "glibc",     Al2,    &[2, 26]),
    ("GLIBC_",   "glibc",     Al2023, &[2, 34]),
    ("GLIBCXX_", "libstdc++", Al1,    &[3, 4, 24]),
    ("GLIBCXX_", "libstdc++", Al2,    &[3, 4, 24]),
    ("GLIBCXX_", "libstdc++", Al2023, &[3, 4, 33]),
    ("CXXABI_",  "libstdc++", Al1,    &[1, 3, 11]),
    ("CXXABI_",  "libstdc++", Al2,    &[1, 3, 11]),
    ("CXXABI_",  "libstdc++", Al2023, &[1, 3, 15]),
];

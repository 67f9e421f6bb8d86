//! One row per Lambda runtime: what it runs, on which system, and until when.
//!
//! Source: the runtimes page of the Lambda developer guide, and the `Runtime` enumeration of the Lambda API model.
//! Checked on 2026-11-23. To recheck: compare the identifiers with the API model of a current AWS SDK, the dates with
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>.

use Language::{DotNet, Go, Java, NodeJs, Provided, Python, Ruby};
use OperatingSystem::{Al1, Al2, Al2023};
use Support::{Current, Deprecated, Unconfirmed};

/// The day on which the rows below were last compared with their sources.
pub const CHECKED_ON: &str = "2026-11-23";

/// A Lambda runtime, such as `python3.12`.
#[derive(Debug, PartialEq, Eq)]
pub struct Runtime {
    /// The identifier of the API, e.g. `"python3.12"`.
    pub id: &'static str,
    /// The language that it runs.
    pub language: Language,
    /// The language's version, e.g. `"3.12"`; empty for the custom runtimes.
    pub version: &'static str,
    /// The system that it runs on, which decides the C library.
    pub os: OperatingSystem,
    /// The architectures that it is offered on.
    pub architectures: &'static [Architecture],
    /// Whether AWS still supports it.
    pub support: Support,
    /// The day from which functions on it can no longer be updated, e.g. `"2029-01-10"`; empty where unknown.
    pub update_blocked: &'static str,
}

/// What a runtime runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each name says it")]
pub enum Language {
    NodeJs,
    Python,
    Java,
    Ruby,
    DotNet,
    Go,
    /// A custom runtime: `bootstrap` in the function or a layer.
    Provided,
}

/// The Amazon Linux that a runtime is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperatingSystem {
    /// Amazon Linux (2018.03).
    Al1,
    /// Amazon Linux 2.
    Al2,
    /// Amazon Linux 2023.
    Al2023,
}

/// An instruction set that Lambda offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each name says it")]
pub enum Architecture {
    X86_64,
    Arm64,
}

/// Where a runtime stands in its life. Dates are `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// Supported; AWS plans to deprecate it on `until`.
    Current {
        /// The planned day of deprecation.
        until: &'static str,
    },
    /// Deprecated `since`; still a valid identifier.
    Deprecated {
        /// The day of deprecation.
        since: &'static str,
    },
    /// In the API's enumeration, but on no page of AWS yet.
    Unconfirmed,
}

const X86_64_ONLY: &[Architecture] = &[Architecture::X86_64];
const BOTH: &[Architecture] = &[Architecture::X86_64, Architecture::Arm64];

/// Every runtime, sorted by identifier.
#[rustfmt::skip]
pub const RUNTIMES: &[Runtime] = &[
    Runtime { id: "dotnet10", language: DotNet, version: "10", os: Al2023, architectures: BOTH, support: Current { until: "2028-11-14" }, update_blocked: "2029-01-15" },
    Runtime { id: "dotnet6", language: DotNet, version: "6", os: Al2, architectures: BOTH, support: Deprecated { since: "2024-12-20" }, update_blocked: "2027-03-03" },
    Runtime { id: "dotnet8", language: DotNet, version: "8", os: Al2023, architectures: BOTH, support: Deprecated { since: "2026-11-10" }, update_blocked: "2027-03-03" },
    Runtime { id: "dotnetcore1.0", language: DotNet, version: "1.0", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2019-06-27" }, update_blocked: "2019-07-30" },
    Runtime { id: "dotnetcore2.0", language: DotNet, version: "2.0", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2019-05-30" }, update_blocked: "2019-05-30" },
    Runtime { id: "dotnetcore2.1", language: DotNet, version: "2.1", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2022-01-05" }, update_blocked: "2022-04-13" },
    Runtime { id: "dotnetcore3.1", language: DotNet, version: "3.1", os: Al2, architectures: BOTH, support: Deprecated { since: "2023-04-03" }, update_blocked: "2023-05-03" },
    Runtime { id: "go1.x", language: Go, version: "1.x", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2024-01-08" }, update_blocked: "2027-03-03" },
    Runtime { id: "java11", language: Java, version: "11", os: Al2, architectures: BOTH, support: Current { until: "2027-06-30" }, update_blocked: "2027-08-31" },
    Runtime { id: "java11.al2023", language: Java, version: "11", os: Al2023, architectures: BOTH, support: Current { until: "2029-06-30" }, update_blocked: "2029-08-31" },
    Runtime { id: "java17", language: Java, version: "17", os: Al2, architectures: BOTH, support: Current { until: "2027-06-30" }, update_blocked: "2027-08-31" },
    Runtime { id: "java17.al2023", language: Java, version: "17", os: Al2023, architectures: BOTH, support: Current { until: "2029-06-30" }, update_blocked: "2029-08-31" },
    Runtime { id: "java21", language: Java, version: "21", os: Al2023, architectures: BOTH, support: Current { until: "2029-06-30" }, update_blocked: "2029-08-31" },
    Runtime { id: "java25", language: Java, version: "25", os: Al2023, architectures: BOTH, support: Current { until: "2029-06-30" }, update_blocked: "2029-08-31" },
    Runtime { id: "java8", language: Java, version: "8", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2024-01-08" }, update_blocked: "2027-03-03" },
    Runtime { id: "java8.al2", language: Java, version: "8", os: Al2, architectures: BOTH, support: Current { until: "2027-06-30" }, update_blocked: "2027-08-31" },
    Runtime { id: "java8.al2023", language: Java, version: "8", os: Al2023, architectures: BOTH, support: Current { until: "2029-06-30" }, update_blocked: "2029-08-31" },
    Runtime { id: "nodejs", language: NodeJs, version: "0.10", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2016-08-30" }, update_blocked: "2016-10-31" },
    Runtime { id: "nodejs10.x", language: NodeJs, version: "10", os: Al2, architectures: X86_64_ONLY, support: Deprecated { since: "2021-07-30" }, update_blocked: "2022-02-14" },
    Runtime { id: "nodejs12.x", language: NodeJs, version: "12", os: Al2, architectures: BOTH, support: Deprecated { since: "2023-03-31" }, update_blocked: "2023-04-30" },
    Runtime { id: "nodejs14.x", language: NodeJs, version: "14", os: Al2, architectures: BOTH, support: Deprecated { since: "2023-12-04" }, update_blocked: "2027-03-03" },
    Runtime { id: "nodejs16.x", language: NodeJs, version: "16", os: Al2, architectures: BOTH, support: Deprecated { since: "2024-06-12" }, update_blocked: "2027-03-03" },
    Runtime { id: "nodejs18.x", language: NodeJs, version: "18", os: Al2, architectures: BOTH, support: Deprecated { since: "2025-09-01" }, update_blocked: "2027-03-03" },
    Runtime { id: "nodejs20.x", language: NodeJs, version: "20", os: Al2023, architectures: BOTH, support: Deprecated { since: "2026-04-30" }, update_blocked: "2027-03-03" },
    Runtime { id: "nodejs22.x", language: NodeJs, version: "22", os: Al2023, architectures: BOTH, support: Current { until: "2027-04-30" }, update_blocked: "2027-07-01" },
    Runtime { id: "nodejs24.x", language: NodeJs, version: "24", os: Al2023, architectures: BOTH, support: Current { until: "2028-04-30" }, update_blocked: "2028-07-01" },
    Runtime { id: "nodejs26.x", language: NodeJs, version: "26", os: Al2023, architectures: BOTH, support: Unconfirmed, update_blocked: "" },
    Runtime { id: "nodejs4.3", language: NodeJs, version: "4.3", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2020-03-05" }, update_blocked: "2020-03-05" },
    Runtime { id: "nodejs4.3-edge", language: NodeJs, version: "4.3", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2020-03-05" }, update_blocked: "2020-04-30" },
    Runtime { id: "nodejs6.10", language: NodeJs, version: "6.10", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2019-08-12" }, update_blocked: "2019-08-12" },
    Runtime { id: "nodejs8.10", language: NodeJs, version: "8.10", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2020-03-06" }, update_blocked: "2020-03-06" },
    Runtime { id: "provided", language: Provided, version: "", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2024-01-08" }, update_blocked: "2027-03-03" },
    Runtime { id: "provided.al2", language: Provided, version: "", os: Al2, architectures: BOTH, support: Deprecated { since: "2026-07-31" }, update_blocked: "2027-03-03" },
    Runtime { id: "provided.al2023", language: Provided, version: "", os: Al2023, architectures: BOTH, support: Current { until: "2029-06-30" }, update_blocked: "2029-08-31" },
    Runtime { id: "python2.7", language: Python, version: "2.7", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2021-07-15" }, update_blocked: "2022-05-30" },
    Runtime { id: "python3.10", language: Python, version: "3.10", os: Al2, architectures: BOTH, support: Deprecated { since: "2026-10-31" }, update_blocked: "2027-03-03" },
    Runtime { id: "python3.11", language: Python, version: "3.11", os: Al2, architectures: BOTH, support: Current { until: "2027-06-30" }, update_blocked: "2027-08-31" },
    Runtime { id: "python3.12", language: Python, version: "3.12", os: Al2023, architectures: BOTH, support: Current { until: "2028-10-31" }, update_blocked: "2029-01-10" },
    Runtime { id: "python3.13", language: Python, version: "3.13", os: Al2023, architectures: BOTH, support: Current { until: "2029-06-30" }, update_blocked: "2029-08-31" },
    Runtime { id: "python3.14", language: Python, version: "3.14", os: Al2023, architectures: BOTH, support: Current { until: "2029-06-30" }, update_blocked: "2029-08-31" },
    Runtime { id: "python3.15", language: Python, version: "3.15", os: Al2023, architectures: BOTH, support: Unconfirmed, update_blocked: "" },
    Runtime { id: "python3.6", language: Python, version: "3.6", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2022-07-18" }, update_blocked: "2022-08-29" },
    Runtime { id: "python3.7", language: Python, version: "3.7", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2023-12-04" }, update_blocked: "2027-03-03" },
    Runtime { id: "python3.8", language: Python, version: "3.8", os: Al2, architectures: BOTH, support: Deprecated { since: "2024-10-14" }, update_blocked: "2027-03-03" },
    Runtime { id: "python3.9", language: Python, version: "3.9", os: Al2, architectures: BOTH, support: Deprecated { since: "2025-12-15" }, update_blocked: "2027-03-03" },
    Runtime { id: "ruby2.5", language: Ruby, version: "2.5", os: Al1, architectures: X86_64_ONLY, support: Deprecated { since: "2021-07-30" }, update_blocked: "2022-03-31" },
    Runtime { id: "ruby2.7", language: Ruby, version: "2.7", os: Al2, architectures: BOTH, support: Deprecated { since: "2023-12-07" }, update_blocked: "2027-03-03" },
    Runtime { id: "ruby3.2", language: Ruby, version: "3.2", os: Al2, architectures: BOTH, support: Deprecated { since: "2026-03-31" }, update_blocked: "2027-03-03" },
    Runtime { id: "ruby3.3", language: Ruby, version: "3.3", os: Al2023, architectures: BOTH, support: Current { until: "2027-03-31" }, update_blocked: "2027-05-31" },
    Runtime { id: "ruby3.4", language: Ruby, version: "3.4", os: Al2023, architectures: BOTH, support: Current { until: "2028-03-31" }, update_blocked: "2028-05-31" },
    Runtime { id: "ruby4.0", language: Ruby, version: "4.0", os: Al2023, architectures: BOTH, support: Current { until: "2029-03-31" }, update_blocked: "2029-05-31" },
];

/// Days from one day to another, e.g. 158 from `"2026-11-23"` to `"2027-04-30"`; `None` where one is no date.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    let number = |date: &str| -> Option<i64> {
        let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        // Years begin in March, so that the day that is sometimes there is their last.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        Some(year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day)
    };
    Some(number(to)? - number(from)?)
}

impl Runtime {
    /// The runtime of that identifier.
    pub fn find(id: &str) -> Option<&'static Runtime> {
        RUNTIMES.binary_search_by(|runtime| runtime.id.cmp(id)).ok().and_then(|index| RUNTIMES.get(index))
    }

    /// The version's numbers, e.g. `(3, 12)`; a missing minor is 0.
    pub fn numbers(&self) -> (u32, u32) {
        let mut parts = self.version.split('.').map(|part| part.parse().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    }
}

impl Runtime {
    /// The newest class files that a Java runtime loads, e.g. 61 for Java 17 (JVM specification, table 4.1-A).
    pub fn class_major(&self) -> u16 {
        44 + u16::try_from(self.numbers().0).unwrap_or(0)
    }
}

impl Language {
    /// The name that people know it by, e.g. `"Node.js"`.
    pub fn label(self) -> &'static str {
        match self {
            NodeJs => "Node.js",
            Python => "Python",
            Java => "Java",
            Ruby => "Ruby",
            DotNet => ".NET",
            Go => "Go",
            Provided => "Custom runtime",
        }
    }
}

impl OperatingSystem {
    /// Every system, the oldest first.
    pub const ALL: &[OperatingSystem] = &[Al1, Al2, Al2023];

    /// Major and minor of its C library, e.g. `(2, 34)`: a binary that needs a newer glibc cannot start.
    pub fn glibc(self) -> (u32, u32) {
        match self {
            Al1 => (2, 17),
            Al2 => (2, 26),
            Al2023 => (2, 34),
        }
    }

    /// Its full name, e.g. `"Amazon Linux 2023"`.
    pub fn label(self) -> &'static str {
        match self {
            Al1 => "Amazon Linux (2018.03)",
            Al2 => "Amazon Linux 2",
            Al2023 => "Amazon Linux 2023",
        }
    }
}

impl Architecture {
    /// Every architecture, in the order in which they are shown.
    pub const ALL: &[Architecture] = BOTH;

    /// The API's identifier, e.g. `"arm64"`.
    pub fn id(self) -> &'static str {
        match self {
            Architecture::X86_64 => "x86_64",
            Architecture::Arm64 => "arm64",
        }
    }

    /// The name in wheel tags and of Linux itself, e.g. `"aarch64"` (PEP 600).
    pub fn machine(self) -> &'static str {
        match self {
            Architecture::X86_64 => "x86_64",
            Architecture::Arm64 => "aarch64",
        }
    }

    /// The architecture of that API identifier.
    pub fn find(id: &str) -> Option<Architecture> {
        Architecture::ALL.iter().copied().find(|architecture| architecture.id() == id)
    }
}

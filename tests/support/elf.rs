//! Writes small files for Linux with what a case asks for: valid ones, and ones that are wrong in a chosen way.
//!
//! Independent of the code under test on purpose: it knows the format by itself (the ELF generic ABI).

/// Where the only segment lies in memory: elsewhere than in the file, as in real ones.
const BASE: u64 = 0x20_0000;

/// Takes the options that are about such a file, if there is one among them that says so.
///
/// `elf x86_64`, `elf arm64`, `needs LIBRARY`, `wants LIBRARY VERSION`, `weakly LIBRARY VERSION`, `rpath FOLDERS`,
/// `runpath FOLDERS`, `soname NAME`, `interpreter PATH`, `program`, `system NUMBER`, `misaligned`, `aligned BYTES`, `promises BYTES`,
/// `debug BYTES` in a section for debuggers, `broken` for a dynamic section beyond the end; or `pe` and
/// `mach-o` for other systems.
pub fn take(options: &mut Vec<String>) -> Option<Vec<u8>> {
    let foreign = options.iter().position(|option| option == "pe" || option == "mach-o");
    if let Some(option) = foreign.map(|at| options.remove(at)) {
        return Some(if option == "pe" { pe() } else { b"\xcf\xfa\xed\xfe\x0c\x00\x00\x01".to_vec() });
    }
    let is_elf = |option: &String| option.starts_with("elf ");
    options.iter().find(|option| is_elf(option))?;
    let mut file = File::default();
    options.retain(|option| !file.take(option));
    Some(file.write())
}

/// The headers of a file for Windows.
fn pe() -> Vec<u8> {
    let mut out = b"MZ".to_vec();
    out.resize(0x3c, 0);
    out.extend(0x40_u32.to_le_bytes());
    out.extend(b"PE\0\0");
    out.resize(0x40 + 512, 0);
    out
}

#[derive(Default)]
struct File {
    machine: u16,
    system: u8,
    program: bool,
    interpreter: Option<String>,
    needs: Vec<String>,
    wants: Vec<(String, String, u16)>,
    soname: Option<String>,
    rpath: Option<String>,
    runpath: Option<String>,
    misaligned: bool,
    aligned: Option<u64>,
    promises: u64,
    debug: usize,
    broken: bool,
}

impl File {
    fn take(&mut self, option: &str) -> bool {
        let (word, rest) = option.split_once(' ').unwrap_or((option, ""));
        let rest = rest.to_owned();
        let version = |flags| {
            let (library, version) = rest.split_once(' ').expect("LIBRARY VERSION");
            (library.to_owned(), version.to_owned(), flags)
        };
        match word {
            "elf" => {
                let machines = [("x86_64", 0x3e), ("arm64", 0xb7), ("riscv", 0xf3)];
                self.machine = machines.iter().find(|(name, _)| *name == rest).expect("a machine").1;
            }
            "needs" => self.needs.push(rest),
            "wants" => self.wants.push(version(0)),
            "weakly" => self.wants.push(version(2)),
            "rpath" => self.rpath = Some(rest),
            "runpath" => self.runpath = Some(rest),
            "soname" => self.soname = Some(rest),
            "interpreter" => self.interpreter = Some(rest),
            "program" => self.program = true,
            "system" => self.system = rest.parse().unwrap(),
            "misaligned" => self.misaligned = true,
            "aligned" => self.aligned = Some(rest.parse().unwrap()),
            "debug" => self.debug = rest.parse().unwrap(),
            "broken" => self.broken = true,
            "promises" => self.promises = rest.parse().unwrap(),
            _ => return false,
        }
        true
    }

    fn write(&self) -> Vec<u8> {
        let mut strings = vec![0];
        let mut string = |text: &str| {
            let at = strings.len() as u64;
            strings.extend(text.bytes().chain([0]));
            at
        };
        let mut dynamic: Vec<(u64, u64)> = self.needs.iter().map(|name| (1, string(name))).collect();
        for (tag, text) in [(14, &self.soname), (15, &self.rpath), (29, &self.runpath)] {
            dynamic.extend(text.as_ref().map(|text| (tag, string(text))));
        }
        let mut versions = Vec::new();
        for (index, (library, version, flags)) in self.wants.iter().enumerate() {
            let last = index + 1 == self.wants.len();
            versions.extend([1_u16, 1].iter().flat_map(|number| number.to_le_bytes()));
            let numbers = [string(library) as u32, 16, if last { 0 } else { 32 }, 0];
            versions.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
            versions.extend([*flags, 2].iter().flat_map(|number| number.to_le_bytes()));
            versions.extend([string(version) as u32, 0].iter().flat_map(|number| number.to_le_bytes()));
        }
        let interpreter = self.interpreter.as_ref().map(|path| [path.as_bytes(), &[0]].concat()).unwrap_or_default();
        let segments = if interpreter.is_empty() { 2 } else { 3 };
        let interpreter_at = 64 + segments * 56;
        let dynamic_at = interpreter_at + interpreter.len() as u64;
        let entries = dynamic.len() as u64 + 4;
        let strings_at = dynamic_at + entries * 16;
        let versions_at = strings_at + strings.len() as u64;
        let size = versions_at + versions.len() as u64;
        dynamic.extend([(5, BASE + strings_at), (0x6fff_fffe, BASE + versions_at)]);
        dynamic.extend([(0x6fff_ffff, self.wants.len() as u64), (0, 0)]);

        let mut out = b"\x7fELF\x02\x01\x01".to_vec();
        out.extend([self.system, 0, 0, 0, 0, 0, 0, 0, 0]);
        for number in [if self.program { 2 } else { 3 }, self.machine] {
            out.extend(u16::to_le_bytes(number));
        }
        out.extend(1_u32.to_le_bytes());
        for number in [0, 64, 0] {
            out.extend(u64::to_le_bytes(number));
        }
        out.extend(0_u32.to_le_bytes());
        for number in [64, 56, segments as u16, 64, 0, 0] {
            out.extend(u16::to_le_bytes(number));
        }
        let shift = if self.misaligned { 8 } else { 0 };
        segment(&mut out, 1, 0, BASE + shift, size.max(self.promises), self.aligned.unwrap_or(0x1000));
        let dynamic_at_or_not = if self.broken { 1 << 40 } else { dynamic_at };
        segment(&mut out, 2, dynamic_at_or_not, BASE + dynamic_at, entries * 16, 8);
        if !interpreter.is_empty() {
            segment(&mut out, 3, interpreter_at, BASE + interpreter_at, interpreter.len() as u64, 1);
        }
        out.extend(interpreter);
        out.extend(dynamic.iter().flat_map(|(tag, value)| [*tag, *value]).flat_map(u64::to_le_bytes));
        out.extend(strings);
        out.extend(versions);
        if self.debug > 0 {
            self.sections(&mut out);
        }
        out
    }

    /// Sections after all that is loaded: one for debuggers, one of names, and one that takes no bytes.
    fn sections(&self, out: &mut Vec<u8>) {
        let names = b"\0.debug_info\0.shstrtab\0.debug_none\0";
        let debug_at = out.len();
        out.resize(debug_at + self.debug, 0xdb);
        let names_at = out.len();
        out.extend(names);
        let table_at = out.len() as u64;
        let rows = [(0, 0, 0, 0), (1, 1, debug_at, self.debug), (13, 3, names_at, names.len()), (23, 8, 0, 1 << 30)];
        for (name, kind, at, size) in rows {
            out.extend([name, kind].iter().flat_map(|number: &u32| number.to_le_bytes()));
            for number in [0, 0, at as u64, size as u64, 0, 0, 0] {
                out.extend(number.to_le_bytes());
            }
        }
        out[40..48].copy_from_slice(&table_at.to_le_bytes());
        out[60..62].copy_from_slice(&(rows.len() as u16).to_le_bytes());
        out[62..64].copy_from_slice(&2_u16.to_le_bytes());
    }
}

fn segment(out: &mut Vec<u8>, kind: u32, offset: u64, address: u64, size: u64, alignment: u64) {
    out.extend(kind.to_le_bytes());
    out.extend(5_u32.to_le_bytes());
    for number in [offset, address, address, size, size, alignment] {
        out.extend(number.to_le_bytes());
    }
}

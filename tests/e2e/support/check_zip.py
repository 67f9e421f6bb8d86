"""Says what is wrong with a layer's zip as Python reads it: `python check_zip.py layer.zip`; prints modes and names, one a line."""

import stat
import struct
import sys
import zipfile

with open(sys.argv[1], "rb") as file, zipfile.ZipFile(file) as layer:
    infos = layer.infolist()
    names = [info.filename for info in infos]
    damaged = layer.testzip()
    assert damaged is None, f"{damaged} is damaged"
    assert infos, "it is empty"
    assert names == sorted(names, key=str.encode), "the names are not sorted"
    assert len(names) == len(set(names)), "a name stands there twice"
    assert layer.comment == b"", "it has a comment"
    assert infos[0].header_offset == 0, "something stands before the first entry"
    for info in infos:
        mode = info.external_attr >> 16
        assert not info.is_dir(), f"{info.filename} is a folder"
        assert stat.S_ISREG(mode), f"{info.filename} is no regular file: {mode:o}"
        assert stat.S_IMODE(mode) in (0o644, 0o755), f"{info.filename} has the mode {mode:o}"
        assert info.create_system == 3, f"{info.filename} was not made on Unix: {info.create_system}"
        assert info.date_time == (1980, 1, 1, 0, 0, 0), f"{info.filename} is of {info.date_time}"
        assert info.extra == b"" and info.comment == b"", f"{info.filename} has an extra field or a comment"
        assert info.flag_bits & ~0x800 == 0, f"{info.filename} has the flags {info.flag_bits:#x}"
        assert info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), f"{info.filename} has the method {info.compress_type}"
        # The header in front of the data must say the same: some readers look there.
        file.seek(info.header_offset)
        local = struct.unpack("<4s5H3I2H", file.read(30))
        central = (info.flag_bits, info.compress_type, 0, 0x21, info.CRC, info.compress_size, info.file_size)
        assert local[2:9] == central, f"{info.filename}: {local[2:9]} before the data, {central} in the directory"
        assert local[10] == 0, f"{info.filename} has an extra field before its data"
        print(f"{stat.S_IMODE(mode):04o} {info.filename}")

// The thirteen WASI calls Flite makes, with one file in memory and nothing else of the machine.
// node:wasi would do, but it prints an ExperimentalWarning and needs a real folder for the output, which
// a process that is killed while speaking leaves behind.
import { Buffer } from 'node:buffer';

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const FOLDER = 3;
const OUTPUT = 4;
const FOLDER_NAME = '/out';
const FILE_TYPE = { device: 2, folder: 3, file: 4 };

/** Thrown by proc_exit: the only way out of a WASI program. */
export class ProgramExit extends Error {
  constructor(code) {
    super(`The program ended with code ${String(code)}.`);
    this.code = code;
  }
}

/** A file that grows as it is written; `position` may be moved back, as a WAV header's author does. */
class MemoryFile {
  bytes = Buffer.alloc(1 << 18);
  size = 0;
  position = 0;

  write(chunk) {
    const end = this.position + chunk.length;
    if (end > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes], Math.max(end, this.bytes.length * 2));
    }
    this.bytes.set(chunk, this.position);
    this.position = end;
    this.size = Math.max(this.size, end);
  }

  seek(offset, whence) {
    this.position = [0, this.position, this.size][whence] + offset;
    return this.position;
  }
}

/**
 * One run's WASI imports. Set `memory` to the instance's exported memory before `_start`.
 * Whatever file the program opens in /out is `output`; stdout and stderr are thrown away.
 */
export function memoryWasi(args) {
  const output = new MemoryFile();
  const run = { memory: undefined, output, imports: undefined };
  const view = () => new DataView(run.memory.buffer);
  const u32 = (at, value) => view().setUint32(at, value, true);
  const u64 = (at, value) => view().setBigUint64(at, value, true);
  const bytes = (at, length) => new Uint8Array(run.memory.buffer, at, length);
  const encoded = args.map((arg) => Buffer.from(`${arg}\0`));

  run.imports = {
    wasi_snapshot_preview1: {
      args_sizes_get(countAt, sizeAt) {
        u32(countAt, encoded.length);
        u32(sizeAt, Buffer.concat(encoded).length);
        return SUCCESS;
      },
      args_get(pointersAt, textAt) {
        let next = textAt;
        encoded.forEach((arg, index) => {
          u32(pointersAt + index * 4, next);
          bytes(next, arg.length).set(arg);
          next += arg.length;
        });
        return SUCCESS;
      },
      clock_time_get(_clock, _precision, timeAt) {
        u64(timeAt, BigInt(Date.now()) * 1_000_000n);
        return SUCCESS;
      },
      fd_prestat_get(fd, at) {
        if (fd !== FOLDER) {
          return BAD_DESCRIPTOR;
        }
        u32(at, 0);
        u32(at + 4, FOLDER_NAME.length);
        return SUCCESS;
      },
      fd_prestat_dir_name(fd, at, length) {
        bytes(at, length).set(Buffer.from(FOLDER_NAME).subarray(0, length));
        return fd === FOLDER ? SUCCESS : BAD_DESCRIPTOR;
      },
      fd_fdstat_get(fd, at) {
        bytes(at, 24).fill(0);
        const type = { [FOLDER]: FILE_TYPE.folder, [OUTPUT]: FILE_TYPE.file }[fd];
        bytes(at, 1)[0] = type ?? FILE_TYPE.device;
        u64(at + 8, 0xffff_ffff_ffff_ffffn);
        u64(at + 16, 0xffff_ffff_ffff_ffffn);
        return SUCCESS;
      },
      fd_fdstat_set_flags: () => SUCCESS,
      fd_close: () => SUCCESS,
      path_open(_fd, _lookup, _path, _length, _open, _rights, _inherited, _flags, fdAt) {
        u32(fdAt, OUTPUT);
        return SUCCESS;
      },
      fd_read: () => BAD_DESCRIPTOR,
      fd_seek(fd, offset, whence, positionAt) {
        if (fd !== OUTPUT) {
          return BAD_DESCRIPTOR;
        }
        u64(positionAt, BigInt(output.seek(Number(offset), whence)));
        return SUCCESS;
      },
      fd_write(fd, vectorsAt, count, writtenAt) {
        let written = 0;
        for (let index = 0; index < count; index += 1) {
          const at = view().getUint32(vectorsAt + index * 8, true);
          const length = view().getUint32(vectorsAt + index * 8 + 4, true);
          if (fd === OUTPUT) {
            output.write(bytes(at, length));
          }
          written += length;
        }
        u32(writtenAt, written);
        return SUCCESS;
      },
      proc_exit(code) {
        throw new ProgramExit(code);
      },
    },
  };
  return run;
}

// Files below a folder that the program is given, and nothing outside it.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { show, started } = require('./common/show');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wasi-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const inside = path.join(folder, 'inside');
fs.mkdirSync(inside);
fs.writeFileSync(path.join(folder, 'outside.txt'), 'outside');
fs.writeFileSync(path.join(inside, 'file.txt'), 'content');
fs.symlinkSync('../outside.txt', path.join(inside, 'escape'));

const { imports, memory } = started({ preopens: { '/box': inside } });
const kFolder = 3;
// Of the files it opens: read, seek, tell, write.
const kRights = 0x66n;
const kPath = 1000;
const kOut = 2000;
const kVectors = 3000;
const kData = 4000;

function open(name, flags = 0, lookup = 0) {
  const errno = imports.path_open(kFolder, lookup, kPath, memory.write(name, kPath), flags, kRights, kRights, 0, kOut);
  return errno === 0 ? memory.readUInt32LE(kOut) : `errno ${errno}`;
}
function vector(size) {
  memory.writeUInt32LE(kData, kVectors);
  memory.writeUInt32LE(size, kVectors + 4);
}
function read(fd) {
  vector(100);
  const errno = imports.fd_read(fd, kVectors, 1, kOut);
  return errno === 0 ? memory.toString('utf8', kData, kData + memory.readUInt32LE(kOut)) : `errno ${errno}`;
}

show('the folder', () => {
  imports.fd_prestat_get(kFolder, kOut);
  const length = memory.readUInt32LE(kOut + 4);
  imports.fd_prestat_dir_name(kFolder, kPath, length);
  return memory.toString('utf8', kPath, kPath + length);
});
show('read', () => {
  const fd = open('file.txt');
  return [read(fd), imports.fd_seek(fd, 3n, 0, kOut), read(fd), imports.fd_tell(fd, kOut), memory.readBigUInt64LE(kOut), imports.fd_close(fd), imports.fd_close(fd)];
});
show('write', () => {
  const fd = open('new.txt', 1);
  vector(memory.write('written', kData));
  const errno = imports.fd_write(fd, kVectors, 1, kOut);
  imports.fd_close(fd);
  return [errno, memory.readUInt32LE(kOut), fs.readFileSync(path.join(inside, 'new.txt'), 'utf8')];
});
for (const name of ['missing', '../outside.txt', '/outside.txt', 'escape', 'file.txt/x']) {
  show(`open ${name}`, () => [open(name), open(name, 0, 1)]);
}
show('stat', () => {
  const errno = imports.path_filestat_get(kFolder, 0, kPath, memory.write('file.txt', kPath), kOut);
  return [errno, memory[kOut + 16], memory.readBigUInt64LE(kOut + 32)];
});
show('readlink', () => {
  const errno = imports.path_readlink(kFolder, kPath, memory.write('escape', kPath), kData, 100, kOut);
  return [errno, memory.toString('utf8', kData, kData + memory.readUInt32LE(kOut))];
});
show('folders', () => {
  const length = memory.write('made', kPath);
  return [
    imports.path_create_directory(kFolder, kPath, length), fs.statSync(path.join(inside, 'made')).isDirectory(),
    imports.path_create_directory(kFolder, kPath, length), imports.path_unlink_file(kFolder, kPath, length),
    imports.path_remove_directory(kFolder, kPath, length), fs.existsSync(path.join(inside, 'made')),
  ];
});
show('rename', () => {
  const [from, to] = ['new.txt', 'renamed.txt'];
  memory.write(from, kPath);
  memory.write(to, kPath + 100);
  const errno = imports.path_rename(kFolder, kPath, from.length, kFolder, kPath + 100, to.length);
  return [errno, fs.readdirSync(inside).sort()];
});
show('names', () => {
  const errno = imports.fd_readdir(kFolder, kData, 1000, 0n, kOut);
  const names = [];
  for (let at = kData; at < kData + memory.readUInt32LE(kOut);) {
    const length = memory.readUInt32LE(at + 16);
    names.push(memory.toString('utf8', at + 24, at + 24 + length));
    at += 24 + length;
  }
  return [errno, names.sort()];
});

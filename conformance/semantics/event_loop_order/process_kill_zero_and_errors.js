console.log(process.kill(process.pid, 0));
try { process.kill(process.pid, 'SIGFOO'); } catch (e) { console.log(e.code, e.message); }
try { process.kill(2 ** 30, 0); } catch (e) { console.log(e.code, e.syscall, e.message); }
try { process.kill('x'); } catch (e) { console.log(e.code, e.message); }

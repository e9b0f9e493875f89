// A certificate is the same in another thread.
const { X509Certificate } = require('crypto');
const { Worker } = require('worker_threads');
const certificate = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBhjCCAS2gAwIBAgIUFIw8XFc4G2z7FbgoaU0X9jkX5kswCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNY2xvbmUuZXhhbXBsZTAgFw0yNjExMjIxODAxNDFaGA8yMTI2
MTAyOTE4MDE0MVowGDEWMBQGA1UEAwwNY2xvbmUuZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABCR6BGU9iJbAjwsOBcfkWddWaLdpmUuDOns0XkAxbblP
m2VMln0EVL3DgkqyvY6cyFhB7W0QHLNOYgK5d7czjmqjUzBRMB0GA1UdDgQWBBRN
AuXhw8kgS20co34Fa0LqPklWBTAfBgNVHSMEGDAWgBRNAuXhw8kgS20co34Fa0Lq
PklWBTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIE/Y3tQLuuJJ
jJ5m4Zv+HKBYfKi/KQerroDPWLVg6x/VAiBsV8RQjVA+DNbyPoSaDxtZGS6x5+op
tFLb0hgLeGfpnQ==
-----END CERTIFICATE-----
`);
const clone = structuredClone({ certificate }).certificate;
console.log(clone instanceof X509Certificate, clone.subject, clone.fingerprint256 === certificate.fingerprint256);
const worker = new Worker(`
  const { parentPort, workerData } = require('worker_threads');
  parentPort.postMessage([workerData.constructor.name, workerData.checkHost('clone.example'), workerData.raw.length]);`, {
  eval: true, workerData: certificate,
});
worker.on('message', ([name, host, size]) => console.log(name, host, size === certificate.raw.length));

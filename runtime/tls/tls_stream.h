#ifndef GYRE_TLS_TLS_STREAM_H_
#define GYRE_TLS_TLS_STREAM_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "openssl/ssl.h"
#include "runtime/crypto/openssl.h"
#include "runtime/glue/binding.h"
#include "runtime/loop/js_scope.h"
#include "runtime/net/stream_handle.h"
#include "runtime/tls/memory_bio.h"
#include "runtime/tls/secure_context.h"

namespace gyre {

class TlsWriteRequest;

// One end of a TLS connection: what net.Socket has as its handle in place of the TCP or Pipe
// handle. Encrypted bytes go between that handle and OpenSSL without passing through JavaScript;
// over other streams JavaScript carries them.
//
//   new TlsStream(secureContext, isServer)
//   attach(handle)                       the stream handle below; or, without one:
//     receive(bytes)                     encrypted bytes that came, undefined at the end
//     onencrypted(arrayBuffer, id)       encrypted bytes to be sent, then encryptedWritten(id,
//     status)
//   start()                              begins the handshake (client)
//   readStart() readStop() useUserBuffer() write() writev() bytesRead bytesWritten writeQueueSize
//                                        as of a stream handle (runtime/net/stream_handle.h)
//   endCleartext()                       sends close_notify
//   detach() destroySsl()
//
// Calls of JavaScript, none of them inside a call of OpenSSL but the last three:
//   onread(nread, arrayBuffer, 0)  onerror(error)  onhandshakestart()  onhandshakedone()
//   onclienthello(sessionId, servername, hasTicket): then loadSession(session?)
//   oncertcb(servername, wantsOcsp): then certCbDone(secureContext?)
//   onnewsession(id, session): a server then says newSessionDone()
//   onkeylogline(line)  onocspresponse(response | null)
//   onalpn(servername, protocols): the index of the chosen one, or -1
//   onpskserver(identity, maxLength), onpskclient(hint, maxPskLength, maxIdentityLength)
class TlsStream final : public Collected, public StreamListener {
 public:
  TlsStream(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::Object> context,
            bool is_server);
  ~TlsStream() override;

  // The callbacks of OpenSSL that belong to a context but are about one connection.
  static void SetContextCallbacks(SSL_CTX* context);

  // The transport.
  void Attach(v8::Local<v8::Object> handle);
  void Detach();
  void Receive(std::optional<Bytes> bytes);
  void EncryptedWritten(int32_t id, int32_t status);
  void OnStreamRead(ssize_t nread, const char* data) override;
  void OnStreamClose() override;

  // As a stream handle.
  void Start();
  int32_t ReadStart();
  int32_t ReadStop();
  int32_t UseUserBuffer(v8::Local<v8::Value> buffer);
  int32_t Write(v8::Local<v8::Value> data, int32_t encoding, v8::Local<v8::Value> callback);
  int32_t WriteV(v8::Local<v8::Array> list, v8::Local<v8::Value> callback);
  void EndCleartext();
  void DestroySsl();
  // For C++ users of the cleartext: `listener` gets it in place of JavaScript, which hears of its
  // end alone; QueueBytes() sends, with the results of Write().
  void SetCleartextListener(StreamListener* listener) { cleartext_listener_ = listener; }
  int32_t QueueBytes(std::string_view data, v8::Local<v8::Value> callback);
  double BytesRead() const { return static_cast<double>(bytes_read_); }
  double BytesWritten() const { return static_cast<double>(bytes_written_); }
  double WriteQueueSize() const;
  double GetAsyncId() const { return async_.async_id(); }

  // Settings (tls_settings.cc). Before start(), except where it says otherwise.
  void SetVerifyMode(bool request, bool require);
  void SetServername(std::string name);
  void SetAlpnProtocols(Bytes list) {
    alpn_ = list.view();
    ApplyAlpn();
  }
  void EnableAlpnCallback() { alpn_callback_ = true; }
  void EnableCertCallback();
  void EnableSessionCallbacks() { session_callbacks_ = true; }
  void EnableKeylog() { keylog_ = true; }
  void EnablePskCallback();
  bool SetPskIdentityHint(std::string hint);
  void EnableTrace();
  void RequestOcsp();
  void SetOcspResponse(Bytes response) { ocsp_response_ = response.view(); }
  void SetSession(Bytes session);
  int32_t SetKeyCert(v8::Local<v8::Object> context);
  bool SetMaxSendFragment(int32_t size);
  v8::MaybeLocal<v8::Value> Renegotiate();
  void LoadSession(std::optional<Bytes> session);
  void CertCallbackDone(std::optional<v8::Local<v8::Object>> context);
  void NewSessionDone();

  // What is known of the connection (tls_queries.cc).
  v8::Local<v8::Value> GetSession();
  v8::Local<v8::Value> GetTicket();
  bool IsSessionReused();
  v8::Local<v8::Value> PeerCertificates(bool whole_chain);
  v8::Local<v8::Value> OwnCertificate();
  std::optional<std::string> VerifyErrorCode();
  std::string VerifyErrorReason();
  v8::Local<v8::Value> GetCipher();
  std::optional<std::string> GetProtocol();
  std::optional<std::string> GetServername();
  std::optional<std::string> GetAlpnProtocol();
  v8::Local<v8::Value> GetEphemeralKeyInfo();
  std::vector<std::string> GetSharedSigalgs();
  v8::Local<v8::Value> GetFinished();
  v8::Local<v8::Value> GetPeerFinished();
  v8::MaybeLocal<v8::Value> ExportKeyingMaterial(int32_t length, std::string label,
                                                 std::optional<Bytes> context);

 private:
  friend class SslCall;

  // What OpenSSL told in the middle of a call; JavaScript hears of it after the call.
  struct Event {
    enum Type {
      kHandshakeStart,
      kHandshakeDone,
      kClientHello,
      kCertificate,
      kNewSession,
      kKeylog,
      kOcspResponse
    } type;
    std::string first;
    std::string second;
    bool flag = false;
  };

  // Cleartext that waits for the handshake, and what waits for its bytes to leave.
  struct PendingWrite {
    std::string data;
    TlsWriteRequest* request;
  };

  // Encrypted bytes that JavaScript carries.
  struct InFlight {
    size_t size;
    std::vector<TlsWriteRequest*> requests;
  };

  static TlsStream* From(const SSL* ssl) { return static_cast<TlsStream*>(SSL_get_app_data(ssl)); }
  static void OnInfo(const SSL* ssl, int where, int result);
  static int OnClientHello(SSL* ssl, int* alert, void* data);
  static int OnCertificate(SSL* ssl, void* data);
  static int OnNewSession(SSL* ssl, SSL_SESSION* session);
  static SSL_SESSION* OnGetSession(SSL* ssl, const unsigned char* id, int size, int* copy);
  static int OnSelectAlpn(SSL* ssl, const unsigned char** out, unsigned char* out_size,
                          const unsigned char* in, unsigned in_size, void* data);
  static int OnOcsp(SSL* ssl, void* data);
  static void OnKeylog(const SSL* ssl, const char* line);
  static unsigned OnPskServer(SSL* ssl, const char* identity, unsigned char* psk, unsigned size);
  static unsigned OnPskClient(SSL* ssl, const char* hint, char* identity, unsigned identity_size,
                              unsigned char* psk, unsigned psk_size);

  v8::MaybeLocal<v8::Value> CallNow(v8::Local<v8::String> name, int argc,
                                    v8::Local<v8::Value>* argv);
  void MakeCallback(v8::Local<v8::String> name, int argc = 0, v8::Local<v8::Value>* argv = nullptr);
  void ApplyAlpn();
  void Cycle();
  void ReadCleartext();
  void WriteCleartext();
  void DeliverRead(const char* data, size_t size);
  void DeliverEnd(ssize_t nread);
  bool Encrypt(std::string_view data, bool* failed);
  bool Flush(std::vector<TlsWriteRequest*>* requests);
  void FlushAll();
  void DispatchEvents();
  void Dispatch(Event event);
  void Fail();
  void CancelWrites();
  v8::Local<v8::Value> TakeError();

  AsyncContext async_;
  OpenSslPointer<SSL, SSL_free> ssl_;
  const bool is_server_;
  TlsInput input_;
  std::string output_;
  StreamHandle* transport_ = nullptr;
  v8::Global<v8::Object> transport_object_;
  StreamListener* cleartext_listener_ = nullptr;
  v8::Global<v8::Object> contexts_[2];  // kept while the connection uses them

  int ssl_depth_ = 0;  // calls of OpenSSL on the stack: the SSL must not go away under them
  bool destroy_after_call_ = false;
  bool destroyed_ = false;
  bool established_ = false;
  bool eof_ = false;
  bool failed_ = false;
  bool dispatching_ = false;
  bool hold_output_ = false;  // until newSessionDone()
  std::vector<Event> events_;
  std::deque<PendingWrite> pending_;
  size_t pending_bytes_ = 0;
  std::vector<TlsWriteRequest*> waiting_;  // encrypted, not all sent
  std::unordered_map<int32_t, InFlight> in_flight_;
  size_t in_flight_bytes_ = 0;
  int32_t next_id_ = 0;
  uint64_t bytes_read_ = 0;
  uint64_t bytes_written_ = 0;
  v8::Global<v8::Value> user_buffer_;

  std::string alpn_;
  std::string ocsp_response_;
  bool alpn_callback_ = false;
  bool session_callbacks_ = false;
  bool keylog_ = false;
  bool client_hello_seen_ = false;
  bool client_hello_done_ = false;
  bool cert_callback_ = false;
  bool cert_callback_running_ = false;
  bool cert_callback_done_ = false;
  OpenSslPointer<SSL_SESSION, SSL_SESSION_free> next_session_;
};

void DeclareTlsStream(BindingBuilder& b);

// Around every call of OpenSSL that may come back through one of the callbacks above.
class SslCall {
 public:
  explicit SslCall(TlsStream& stream);
  ~SslCall();
  SslCall(const SslCall&) = delete;
  SslCall& operator=(const SslCall&) = delete;

 private:
  TlsStream& stream_;
};

}  // namespace gyre

#endif  // GYRE_TLS_TLS_STREAM_H_

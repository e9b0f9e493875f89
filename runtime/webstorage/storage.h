#ifndef GYRE_WEBSTORAGE_STORAGE_H_
#define GYRE_WEBSTORAGE_STORAGE_H_

#include <optional>
#include <string>

#include "runtime/glue/binding.h"
#include "runtime/webstorage/item_store.h"
#include "v8.h"

namespace gyre {

// The C++ side of localStorage or sessionStorage:
// https://html.spec.whatwg.org/#the-storage-interface Items are properties of the object, except
// where its prototype has the name (Web IDL: without LegacyOverrideBuiltIns). Properties with a
// symbol are kept beside the items and die with the thread.
class Storage final : public Collected {
 public:
  // The JavaScript class, which only Make() can instantiate.
  static v8::Local<v8::FunctionTemplate> Template(Environment& env);
  static v8::Local<v8::Object> Make(Environment& env, v8::Local<v8::FunctionTemplate> type,
                                    std::string path, bool is_local);

  ~Storage() override;

  // Methods of the class.
  void Length(const v8::FunctionCallbackInfo<v8::Value>& info);
  void Clear(const v8::FunctionCallbackInfo<v8::Value>& info);
  void GetItem(const v8::FunctionCallbackInfo<v8::Value>& info);
  void Key(const v8::FunctionCallbackInfo<v8::Value>& info);
  void RemoveItem(const v8::FunctionCallbackInfo<v8::Value>& info);
  void SetItem(const v8::FunctionCallbackInfo<v8::Value>& info);

  // The operations on the object's properties, as V8's interceptors have them.
  v8::Intercepted GetProperty(v8::Local<v8::Name> name,
                              const v8::PropertyCallbackInfo<v8::Value>& info);
  v8::Intercepted SetProperty(v8::Local<v8::Name> name, v8::Local<v8::Value> value);
  v8::Intercepted QueryProperty(v8::Local<v8::Name> name,
                                const v8::PropertyCallbackInfo<v8::Integer>& info);
  v8::Intercepted DeleteProperty(v8::Local<v8::Name> name,
                                 const v8::PropertyCallbackInfo<v8::Boolean>& info);
  v8::Intercepted DefineProperty(v8::Local<v8::Name> name, const v8::PropertyDescriptor& descriptor,
                                 const v8::PropertyCallbackInfo<v8::Boolean>& info);
  void EnumerateProperties(const v8::PropertyCallbackInfo<v8::Array>& info);

  // All items, as arrays of a key and a value.
  v8::MaybeLocal<v8::Value> Items();

 private:
  Storage(Environment& env, v8::Local<v8::Object> self, std::string path, bool is_local);

  v8::Local<v8::Map> symbols() const;
  // Whether an item of that name is no property, because the prototype has one.
  bool IsHidden(v8::Local<v8::Name> name) const;
  // The item's value; null where there is none, empty when an exception is pending.
  v8::MaybeLocal<v8::Value> Read(v8::Local<v8::String> key);
  void Write(v8::Local<v8::String> key, v8::Local<v8::String> value);
  void Erase(v8::Local<v8::String> key);

  // True: go on; false, with the exception of the status.
  bool Check(const absl::Status& status);
  // Whether something follows the changes: the inspector.
  bool IsFollowed() const;
  // Tells it. Values that do not apply are undefined.
  void Tell(const char* event, v8::Local<v8::Value> key, v8::Local<v8::Value> old_value,
            v8::Local<v8::Value> new_value);

  ItemStore store_;
  const bool is_local_;
};

}  // namespace gyre

#endif  // GYRE_WEBSTORAGE_STORAGE_H_

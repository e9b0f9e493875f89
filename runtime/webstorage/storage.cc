#include "runtime/webstorage/storage.h"

#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/engine/cleanup_hooks.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"

namespace gyre {
namespace {

using v8::Intercepted;
using v8::Local;
using v8::Name;
using v8::PropertyCallbackInfo;

// Where the object of a storage keeps its properties with symbols.
Local<v8::Private> SymbolsKey(Environment& env) {
  return v8::Private::ForApi(env.isolate(), env.Intern("gyre:webstorage:symbols"));
}

std::u16string Units(v8::Isolate* isolate, Local<v8::String> text) {
  std::u16string units(text->Length(), u'\0');
  text->WriteV2(isolate, 0, units.size(), reinterpret_cast<uint16_t*>(units.data()));
  return units;
}

Local<v8::String> Text(v8::Isolate* isolate, std::u16string_view units) {
  // SQLite has no blob that would be too long for V8.
  return v8::String::NewFromTwoByte(isolate, reinterpret_cast<const uint16_t*>(units.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(units.size()))
      .ToLocalChecked();
}

void ThrowIllegalConstructor(const v8::FunctionCallbackInfo<v8::Value>& info) {
  Throw(Environment::From(info.GetIsolate()),
        NodeError(absl::StatusCode::kUnknown, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"));
}

// False, with an exception: `method` was called with fewer.
bool HasArguments(const v8::FunctionCallbackInfo<v8::Value>& info, std::string_view method,
                  int count) {
  if (info.Length() >= count) return true;
  Throw(Environment::From(info.GetIsolate()),
        NodeError(absl::StatusCode::kInvalidArgument, "ERR_MISSING_ARGS",
                  absl::StrCat("Failed to execute '", method, "' on 'Storage': ", count,
                               " argument", count == 1 ? "" : "s", " required")));
  return false;
}

// A process ends without destructors: SQLite's log joins the file when the last connection closes.
void CloseStore(void* store) { static_cast<ItemStore*>(store)->Close(); }

// --- Interceptors -----------------------------------------------------------------------------

Storage* HolderOf(const auto& info) { return Unwrap<Storage>(info.Holder()); }

// An array index as a property name.
Local<Name> IndexName(uint32_t index, const auto& info) {
  v8::Isolate* isolate = info.GetIsolate();
  return v8::Integer::NewFromUnsigned(isolate, index)
      ->ToString(isolate->GetCurrentContext())
      .ToLocalChecked();
}

Intercepted Get(Local<Name> name, const PropertyCallbackInfo<v8::Value>& info) {
  return HolderOf(info)->GetProperty(name, info);
}

Intercepted Set(Local<Name> name, Local<v8::Value> value,
                const PropertyCallbackInfo<v8::Boolean>& info) {
  return HolderOf(info)->SetProperty(name, value);
}

Intercepted Query(Local<Name> name, const PropertyCallbackInfo<v8::Integer>& info) {
  return HolderOf(info)->QueryProperty(name, info);
}

Intercepted Delete(Local<Name> name, const PropertyCallbackInfo<v8::Boolean>& info) {
  return HolderOf(info)->DeleteProperty(name, info);
}

Intercepted Define(Local<Name> name, const v8::PropertyDescriptor& descriptor,
                   const PropertyCallbackInfo<v8::Boolean>& info) {
  return HolderOf(info)->DefineProperty(name, descriptor, info);
}

void Enumerate(const PropertyCallbackInfo<v8::Array>& info) {
  HolderOf(info)->EnumerateProperties(info);
}

Intercepted GetIndex(uint32_t index, const PropertyCallbackInfo<v8::Value>& info) {
  return Get(IndexName(index, info), info);
}

Intercepted SetIndex(uint32_t index, Local<v8::Value> value,
                     const PropertyCallbackInfo<v8::Boolean>& info) {
  return Set(IndexName(index, info), value, info);
}

Intercepted QueryIndex(uint32_t index, const PropertyCallbackInfo<v8::Integer>& info) {
  return Query(IndexName(index, info), info);
}

Intercepted DeleteIndex(uint32_t index, const PropertyCallbackInfo<v8::Boolean>& info) {
  return Delete(IndexName(index, info), info);
}

Intercepted DefineIndex(uint32_t index, const v8::PropertyDescriptor& descriptor,
                        const PropertyCallbackInfo<v8::Boolean>& info) {
  return Define(IndexName(index, info), descriptor, info);
}

template <void (Storage::*kMethod)(const v8::FunctionCallbackInfo<v8::Value>&)>
void Call(const v8::FunctionCallbackInfo<v8::Value>& info) {
  // The template's signature has refused every other receiver.
  (Unwrap<Storage>(info.This())->*kMethod)(info);
}

}  // namespace

Local<v8::FunctionTemplate> Storage::Template(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  Local<v8::FunctionTemplate> type = v8::FunctionTemplate::New(isolate, ThrowIllegalConstructor);
  type->SetClassName(env.Intern("Storage"));
  Local<v8::ObjectTemplate> instance = type->InstanceTemplate();
  instance->SetInternalFieldCount(1);
  instance->SetHandler(v8::NamedPropertyHandlerConfiguration(
      Get, static_cast<v8::NamedPropertySetterCallbackV2>(Set), Query, Delete, Enumerate,
      static_cast<v8::NamedPropertyDefinerCallbackV2>(Define), nullptr, Local<v8::Value>(),
      v8::PropertyHandlerFlags::kHasNoSideEffect));
  // The names that Enumerate gives have the indices among them.
  instance->SetHandler(v8::IndexedPropertyHandlerConfiguration(
      GetIndex, static_cast<v8::IndexedPropertySetterCallback>(SetIndex), QueryIndex, DeleteIndex,
      nullptr, static_cast<v8::IndexedPropertyDefinerCallback>(DefineIndex), nullptr,
      Local<v8::Value>(), v8::PropertyHandlerFlags::kHasNoSideEffect));

  Local<v8::Signature> signature = v8::Signature::New(isolate, type);
  auto method = [&](v8::FunctionCallback callback) {
    return v8::FunctionTemplate::New(isolate, callback, Local<v8::Value>(), signature, 0,
                                     v8::ConstructorBehavior::kThrow);
  };
  Local<v8::ObjectTemplate> prototype = type->PrototypeTemplate();
  prototype->SetAccessorProperty(env.Intern("length"), method(Call<&Storage::Length>));
  prototype->Set(env.Intern("clear"), method(Call<&Storage::Clear>));
  prototype->Set(env.Intern("getItem"), method(Call<&Storage::GetItem>));
  prototype->Set(env.Intern("key"), method(Call<&Storage::Key>));
  prototype->Set(env.Intern("removeItem"), method(Call<&Storage::RemoveItem>));
  prototype->Set(env.Intern("setItem"), method(Call<&Storage::SetItem>));
  return type;
}

Local<v8::Object> Storage::Make(Environment& env, Local<v8::FunctionTemplate> type,
                                std::string path, bool is_local) {
  Local<v8::Object> self = type->InstanceTemplate()->NewInstance(env.context()).ToLocalChecked();
  new Storage(env, self, std::move(path), is_local);
  return self;
}

Storage::Storage(Environment& env, Local<v8::Object> self, std::string path, bool is_local)
    : Collected(env, self), store_(std::move(path)), is_local_(is_local) {
  self->SetPrivate(env.context(), SymbolsKey(env), v8::Map::New(env.isolate())).Check();
  env.State<CleanupHooks>().Add(CloseStore, &store_);
}

Storage::~Storage() { env().State<CleanupHooks>().Remove(CloseStore, &store_); }

Local<v8::Map> Storage::symbols() const {
  return object()->GetPrivate(env().context(), SymbolsKey(env())).ToLocalChecked().As<v8::Map>();
}

bool Storage::IsHidden(Local<Name> name) const {
  // A prototype may be a proxy that throws, and does so once more when V8 looks there itself.
  v8::TryCatch thrown(isolate());
  return object()->GetRealNamedPropertyAttributesInPrototypeChain(env().context(), name).IsJust() ||
         thrown.HasCaught();
}

bool Storage::Check(const absl::Status& status) {
  if (status.ok()) return true;
  if (absl::IsResourceExhausted(status)) {
    Local<v8::Value> message = ToV8(env(), status.message());
    Local<v8::Value> error;
    if (env()
            .GetRealmValue("webstorageQuotaError")
            .As<v8::Function>()
            ->Call(env().context(), v8::Undefined(isolate()), 1, &message)
            .ToLocal(&error)) {
      isolate()->ThrowException(error);
    }
  } else {
    Throw(env(), NodeError(status.code(), "ERR_INVALID_STATE", status.message()));
  }
  return false;
}

bool Storage::IsFollowed() const { return env().GetRealmValue("webstorageChanged")->IsFunction(); }

void Storage::Tell(const char* event, Local<v8::Value> key, Local<v8::Value> old_value,
                   Local<v8::Value> new_value) {
  Local<v8::Value> arguments[] = {ToV8(env(), is_local_), ToV8(env(), event), key, old_value,
                                  new_value};
  (void)env()
      .GetRealmValue("webstorageChanged")
      .As<v8::Function>()
      ->Call(env().context(), v8::Undefined(isolate()), std::size(arguments), arguments);
}

v8::MaybeLocal<v8::Value> Storage::Read(Local<v8::String> key) {
  auto value = store_.Get(Units(isolate(), key));
  if (!Check(value.status())) return {};
  if (!*value) return v8::Null(isolate()).As<v8::Value>();
  return Text(isolate(), **value).As<v8::Value>();
}

void Storage::Write(Local<v8::String> key, Local<v8::String> value) {
  const bool is_followed = IsFollowed();
  Local<v8::Value> old_value;
  if (is_followed && !Read(key).ToLocal(&old_value)) return;
  if (!Check(store_.Set(Units(isolate(), key), Units(isolate(), value))) || !is_followed) return;
  if (old_value->IsNull()) {
    Tell("domStorageItemAdded", key, v8::Undefined(isolate()), value);
  } else {
    Tell("domStorageItemUpdated", key, old_value, value);
  }
}

void Storage::Erase(Local<v8::String> key) {
  if (!Check(store_.Remove(Units(isolate(), key))) || !IsFollowed()) return;
  Tell("domStorageItemRemoved", key, v8::Undefined(isolate()), v8::Undefined(isolate()));
}

// --- Methods ----------------------------------------------------------------------------------

void Storage::Length(const v8::FunctionCallbackInfo<v8::Value>& info) {
  absl::StatusOr<uint32_t> count = store_.Count();
  if (Check(count.status())) info.GetReturnValue().Set(*count);
}

void Storage::Clear(const v8::FunctionCallbackInfo<v8::Value>& info) {
  if (!Check(store_.Clear()) || !IsFollowed()) return;
  Local<v8::Value> undefined = v8::Undefined(isolate());
  Tell("domStorageItemsCleared", undefined, undefined, undefined);
}

void Storage::GetItem(const v8::FunctionCallbackInfo<v8::Value>& info) {
  Local<v8::String> key;
  Local<v8::Value> value;
  if (HasArguments(info, "getItem", 1) && info[0]->ToString(env().context()).ToLocal(&key) &&
      Read(key).ToLocal(&value)) {
    info.GetReturnValue().Set(value);
  }
}

void Storage::Key(const v8::FunctionCallbackInfo<v8::Value>& info) {
  uint32_t index;
  if (!HasArguments(info, "key", 1) || !info[0]->Uint32Value(env().context()).To(&index)) return;
  auto key = store_.KeyAt(index);
  if (!Check(key.status())) return;
  if (*key) {
    info.GetReturnValue().Set(Text(isolate(), **key));
  } else {
    info.GetReturnValue().SetNull();
  }
}

void Storage::RemoveItem(const v8::FunctionCallbackInfo<v8::Value>& info) {
  Local<v8::String> key;
  if (HasArguments(info, "removeItem", 1) && info[0]->ToString(env().context()).ToLocal(&key)) {
    Erase(key);
  }
}

void Storage::SetItem(const v8::FunctionCallbackInfo<v8::Value>& info) {
  Local<v8::String> key;
  Local<v8::String> value;
  if (HasArguments(info, "setItem", 2) && info[0]->ToString(env().context()).ToLocal(&key) &&
      info[1]->ToString(env().context()).ToLocal(&value)) {
    Write(key, value);
  }
}

// --- Properties -------------------------------------------------------------------------------

Intercepted Storage::GetProperty(Local<Name> name, const PropertyCallbackInfo<v8::Value>& info) {
  Local<v8::Context> context = env().context();
  if (name->IsSymbol()) {
    if (!symbols()->Has(context, name).ToChecked()) return Intercepted::kNo;
    info.GetReturnValue().Set(symbols()->Get(context, name).ToLocalChecked());
    return Intercepted::kYes;
  }
  // What the prototype has is looked for first: calls of methods do not ask the database.
  if (IsHidden(name)) return Intercepted::kNo;
  Local<v8::Value> value;
  if (!Read(name.As<v8::String>()).ToLocal(&value)) return Intercepted::kYes;
  if (value->IsNull()) return Intercepted::kNo;
  info.GetReturnValue().Set(value);
  return Intercepted::kYes;
}

Intercepted Storage::SetProperty(Local<Name> name, Local<v8::Value> value) {
  Local<v8::String> text;
  if (name->IsSymbol()) {
    symbols()->Set(env().context(), name, value).ToLocalChecked();
  } else if (value->ToString(env().context()).ToLocal(&text)) {
    Write(name.As<v8::String>(), text);
  }
  return Intercepted::kYes;
}

Intercepted Storage::QueryProperty(Local<Name> name,
                                   const PropertyCallbackInfo<v8::Integer>& info) {
  if (name->IsSymbol()) {
    if (!symbols()->Has(env().context(), name).ToChecked()) return Intercepted::kNo;
  } else {
    Local<v8::Value> value;
    if (IsHidden(name)) return Intercepted::kNo;
    if (!Read(name.As<v8::String>()).ToLocal(&value)) return Intercepted::kYes;
    if (value->IsNull()) return Intercepted::kNo;
  }
  info.GetReturnValue().Set(v8::None);
  return Intercepted::kYes;
}

Intercepted Storage::DeleteProperty(Local<Name> name,
                                    const PropertyCallbackInfo<v8::Boolean>& info) {
  if (name->IsSymbol()) {
    symbols()->Delete(env().context(), name).Check();
  } else if (!IsHidden(name)) {
    Erase(name.As<v8::String>());
  }
  info.GetReturnValue().Set(true);
  return Intercepted::kYes;
}

// Items are writable, enumerable and configurable whatever is asked for, and so is what a symbol
// names. There are no accessors.
Intercepted Storage::DefineProperty(Local<Name> name, const v8::PropertyDescriptor& descriptor,
                                    const PropertyCallbackInfo<v8::Boolean>& info) {
  if (descriptor.has_value()) return SetProperty(name, descriptor.value());
  info.GetReturnValue().Set(false);
  return Intercepted::kYes;
}

void Storage::EnumerateProperties(const PropertyCallbackInfo<v8::Array>& info) {
  auto keys = store_.Keys();
  if (!Check(keys.status())) return;
  std::vector<Local<v8::Value>> names;
  for (const std::u16string& key : *keys) {
    Local<v8::String> name = Text(isolate(), key);
    if (!IsHidden(name)) names.push_back(name);
  }
  // A key and its value in turn.
  Local<v8::Array> entries = symbols()->AsArray();
  for (uint32_t i = 0; i < entries->Length(); i += 2) {
    names.push_back(entries->Get(env().context(), i).ToLocalChecked());
  }
  info.GetReturnValue().Set(v8::Array::New(isolate(), names.data(), names.size()));
}

v8::MaybeLocal<v8::Value> Storage::Items() {
  auto items = store_.Items();
  if (!Check(items.status())) return {};
  std::vector<Local<v8::Value>> pairs;
  for (const auto& [key, value] : *items) {
    Local<v8::Value> pair[] = {Text(isolate(), key), Text(isolate(), value)};
    pairs.push_back(v8::Array::New(isolate(), pair, std::size(pair)));
  }
  return v8::Array::New(isolate(), pairs.data(), pairs.size()).As<v8::Value>();
}

}  // namespace gyre

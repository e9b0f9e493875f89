#ifndef GYRE_LOOP_LINKED_H_
#define GYRE_LOOP_LINKED_H_

namespace gyre {

// Base of T: keeps the object in a list, the oldest first, for as long as it lives.
template <class T>
class Linked {
 public:
  class List {
   public:
    template <class Visit>
    void ForEach(Visit visit) {
      for (Linked* each = first_; each != nullptr; each = each->next_) {
        visit(*static_cast<T*>(each));
      }
    }

   private:
    friend class Linked;
    Linked* first_ = nullptr;
    Linked* last_ = nullptr;
  };

  Linked(const Linked&) = delete;
  Linked& operator=(const Linked&) = delete;

 protected:
  explicit Linked(List& list) : list_(list), previous_(list.last_) {
    (previous_ == nullptr ? list_.first_ : previous_->next_) = this;
    list_.last_ = this;
  }
  ~Linked() {
    (previous_ == nullptr ? list_.first_ : previous_->next_) = next_;
    (next_ == nullptr ? list_.last_ : next_->previous_) = previous_;
  }

 private:
  List& list_;
  Linked* previous_;
  Linked* next_ = nullptr;
};

}  // namespace gyre

#endif  // GYRE_LOOP_LINKED_H_

// The part of CUDA C++ that the kernels use, for a C++20 compiler. A block's threads are fibers that run in turn.
#pragma once
#include <setjmp.h>
#include <ucontext.h>

#include <cmath>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <vector>

#define __global__
#define __device__
#define __shared__ static
#define EXPORT extern "C" __attribute__((visibility("default")))

struct dim3 {
  unsigned x, y, z;
  unsigned count() const { return x * y * z; }
};

static dim3 threadIdx, blockIdx, blockDim, gridDim;

using std::isnan;

// Fibers. swapcontext starts them; _longjmp, which makes no system call, switches between them.
class Fibers {
 public:
  // Runs work once for each thread of the current block.
  void run(const std::function<void()>& work) {
    work_ = &work;
    unsigned threads = blockDim.count();
    while (fibers_.size() < threads) {
      fibers_.push_back(std::make_unique<Fiber>());
    }
    plain_ = false;
    if (resume(0)) {
      runWithoutBarriers(threads);
      return;
    }
    for (bool ended = false, first = true; !ended; first = false) {
      ended = !first && resume(0);
      for (unsigned i = 1; i < threads; i++) {
        if (resume(i) != ended) {
          throw std::runtime_error("threads of a block end at different barriers");
        }
      }
    }
  }

  void barrier() {
    if (plain_) {
      throw std::runtime_error("only some threads of a block reach a barrier");
    }
    leave();
  }

 private:
  static constexpr size_t STACK = 128 * 1024;

  struct Fiber {
    std::vector<char> stack = std::vector<char>(STACK);
    ucontext_t start;
    jmp_buf place;
    bool begun = false;
    bool ended = false;
  };

  void runWithoutBarriers(unsigned threads) {
    plain_ = true;
    for (unsigned i = 1; i < threads; i++) {
      setThread(i);
      (*work_)();
    }
  }

  static void setThread(unsigned i) {
    threadIdx = {i % blockDim.x, i / blockDim.x % blockDim.y, i / blockDim.x / blockDim.y};
  }

  // Runs a fiber until its next barrier; whether it came to its end.
  bool resume(unsigned i) {
    Fiber& fiber = *fibers_[i];
    current_ = &fiber;
    fiber.ended = false;
    setThread(i);
    if (_setjmp(home_) == 0) {
      if (fiber.begun) {
        _longjmp(fiber.place, 1);
      }
      fiber.begun = true;
      getcontext(&fiber.start);
      fiber.start.uc_stack.ss_sp = fiber.stack.data();
      fiber.start.uc_stack.ss_size = fiber.stack.size();
      fiber.start.uc_link = nullptr;
      makecontext(&fiber.start, &Fibers::enter, 0);
      setcontext(&fiber.start);
    }
    return current_->ended;
  }

  void leave() {
    if (_setjmp(current_->place) == 0) {
      _longjmp(home_, 1);
    }
  }

  static void enter();

  std::vector<std::unique_ptr<Fiber>> fibers_;
  Fiber* current_ = nullptr;
  const std::function<void()>* work_ = nullptr;
  jmp_buf home_;
  bool plain_ = false;
};

static Fibers fibers;

inline void Fibers::enter() {
  while (true) {
    (*fibers.work_)();
    fibers.current_->ended = true;
    fibers.leave();
  }
}

static void __syncthreads() { fibers.barrier(); }

// Runs a kernel, block after block.
static void run_grid(dim3 grid, dim3 block, const std::function<void()>& work) {
  gridDim = grid;
  blockDim = block;
  for (unsigned z = 0; z < grid.z; z++) {
    for (unsigned y = 0; y < grid.y; y++) {
      for (unsigned x = 0; x < grid.x; x++) {
        blockIdx = {x, y, z};
        fibers.run(work);
      }
    }
  }
}

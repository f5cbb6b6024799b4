// The part of the CUDA driver API that Brink calls.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <mutex>

using Status = int;
using Work = std::function<void()>;

enum : Status {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  NO_DEVICE = 100,
  INVALID_DEVICE = 101,
  INVALID_IMAGE = 200,
  INVALID_CONTEXT = 201,
  NOT_FOUND = 500,
  LAUNCH_FAILED = 719,
  CAPTURE_UNSUPPORTED = 900,
  CAPTURE_INVALIDATED = 901,
};

// How far a stream has come.
struct Progress {
  long submitted = 0, done = 0;
};

// A place in a stream; of none before it is recorded.
struct Event {
  std::shared_ptr<Progress> stream;
  long place = 0;

  bool passed() const { return stream == nullptr || stream->done >= place; }
};

// What a stream does once an event of another one has passed.
struct Entry {
  Event after;
  Work work;
};

// Work that waits until someone waits for it, so that a missing wait shows.
struct Stream {
  std::deque<Entry> queue;
  std::shared_ptr<Progress> progress = std::make_shared<Progress>();
  bool capturing = false;
  bool invalidated = false;
  std::vector<Work> captured;

  void add(Entry entry) {
    queue.push_back(std::move(entry));
    progress->submitted++;
  }
};

// A driver may be called by several threads at once; here they take turns.
static std::recursive_mutex turn;
using Turn = std::lock_guard<std::recursive_mutex>;

struct Emulation {
  static constexpr size_t GUARD = 256;
  static constexpr unsigned char UNWRITTEN = 0xFF;  // NaN in every precision

  int devices = 1;
  int capability = 90;     // ten times the compute capability
  int blasVersion = 1300;  // a hundred times cuBLAS's
  long bf16x9Products = 0;
  size_t memory = size_t(1) << 30;
  size_t used = 0;
  std::map<uintptr_t, size_t> allocated;
  std::map<void*, size_t> pinned;
  long waits = 0;
  long streams = 0, events = 0, modules = 0, graphs = 0, handles = 0;
  uint32_t draw = 1;
  std::vector<Stream*> open;
  Status failure = SUCCESS;

  bool covers(uintptr_t at, size_t bytes) const {
    auto next = allocated.upper_bound(at);
    if (next == allocated.begin()) {
      return false;
    }
    auto [start, size] = *--next;
    return at + bytes <= start + size;
  }

  // Copies take their time, so the machine's end of them has to be pinned.
  bool pins(const void* at, size_t bytes) const {
    auto* start = static_cast<const char*>(at);
    auto next = pinned.upper_bound(const_cast<void*>(at));
    if (next == pinned.begin()) {
      return false;
    }
    auto [memory, size] = *--next;
    return start + bytes <= static_cast<const char*>(memory) + size;
  }

  static bool intact(uintptr_t address, size_t size) {
    auto* guards = reinterpret_cast<unsigned char*>(address);
    for (size_t i = 0; i < GUARD; i++) {
      if (guards[-1 - long(i)] != UNWRITTEN || guards[size + i] != UNWRITTEN) {
        return false;
      }
    }
    return true;
  }

  void submit(Stream* stream, Work work) {
    Turn whoseTurn(turn);
    if (stream->capturing) {
      stream->captured.push_back(work);
    } else {
      stream->add({{}, work});
    }
  }

  void perform(const Work& work) {
    try {
      work();
    } catch (const std::exception& e) {
      fprintf(stderr, "emulation: %s\n", e.what());
      failure = LAUNCH_FAILED;
    }
  }

  // Does the next piece of work of a stream that need not wait; the order among streams is drawn.
  bool step() {
    std::vector<Stream*> ready;
    for (Stream* stream : open) {
      if (!stream->queue.empty() && stream->queue.front().after.passed()) {
        ready.push_back(stream);
      }
    }
    if (ready.empty()) {
      return false;
    }
    draw = draw * 1664525 + 1013904223;  // Numerical Recipes' generator
    Stream* next = ready[(draw >> 16) % ready.size()];
    Work work = next->queue.front().work;
    next->queue.pop_front();
    perform(work);
    next->progress->done++;
    return true;
  }

  Status finish(Stream* stream) {
    while (!stream->queue.empty()) {
      if (!step()) {
        failure = LAUNCH_FAILED;  // streams that wait for each other
        break;
      }
    }
    return failure;
  }

  // What may wait for the device must not be called while work is recorded: the recording is lost then.
  bool spoilsCapture() {
    bool spoiled = false;
    for (Stream* stream : open) {
      stream->invalidated |= stream->capturing;
      spoiled |= stream->capturing;
    }
    return spoiled;
  }

  Status finishAll() {
    for (Stream* stream : open) {
      finish(stream);
    }
    return failure;
  }
};

static Emulation emulation;
static thread_local bool current = false;

#define NEED_CONTEXT \
  Turn whoseTurn(turn); \
  if (!current) return INVALID_CONTEXT

#define NOT_IN_CAPTURE \
  if (emulation.spoilsCapture()) return CAPTURE_UNSUPPORTED

// For tests.
EXPORT void emulation_set_devices(int devices) { emulation.devices = devices; }
EXPORT void emulation_set_capability(int major, int minor) { emulation.capability = 10 * major + minor; }
EXPORT void emulation_set_blas(int major, int minor) { emulation.blasVersion = 100 * major + minor; }
EXPORT void emulation_set_memory(size_t bytes) { emulation.memory = bytes; }
EXPORT long emulation_waits() { return emulation.waits; }
EXPORT size_t emulation_used() { return emulation.used; }
EXPORT long emulation_objects() {
  return long(emulation.allocated.size() + emulation.pinned.size()) + emulation.streams + emulation.events
      + emulation.modules + emulation.graphs + emulation.handles;
}

EXPORT Status cuInit(unsigned) { return emulation.devices == 0 ? NO_DEVICE : SUCCESS; }
EXPORT Status cuDriverGetVersion(int* version) { return *version = 13000, SUCCESS; }
EXPORT Status cuDeviceGetCount(int* count) { return *count = emulation.devices, SUCCESS; }
EXPORT Status cuDeviceGet(int* device, int ordinal) {
  return ordinal < emulation.devices ? (*device = ordinal, SUCCESS) : INVALID_DEVICE;
}
EXPORT Status cuDeviceGetName(char* name, int length, int) { return strncpy(name, "emulation", length), SUCCESS; }
EXPORT Status cuDeviceTotalMem_v2(size_t* bytes, int) { return *bytes = emulation.memory, SUCCESS; }
EXPORT Status cuDeviceGetAttribute(int* value, int attribute, int) {
  *value = attribute == 75 ? emulation.capability / 10 : attribute == 76 ? emulation.capability % 10 : 0;
  return SUCCESS;
}
EXPORT Status cuDevicePrimaryCtxRetain(void** context, int) { return *context = &emulation, SUCCESS; }
EXPORT Status cuCtxSetCurrent(void* context) { return current = context != nullptr, SUCCESS; }
EXPORT Status cuGetErrorName(Status status, const char** name) {
  switch (status) {
    case OUT_OF_MEMORY: return *name = "CUDA_ERROR_OUT_OF_MEMORY", SUCCESS;
    case NO_DEVICE: return *name = "CUDA_ERROR_NO_DEVICE", SUCCESS;
    case INVALID_DEVICE: return *name = "CUDA_ERROR_INVALID_DEVICE", SUCCESS;
    case NOT_FOUND: return *name = "CUDA_ERROR_NOT_FOUND", SUCCESS;
    case LAUNCH_FAILED: return *name = "CUDA_ERROR_LAUNCH_FAILED", SUCCESS;
    default: return *name = "CUDA_ERROR_UNKNOWN", SUCCESS;
  }
}
EXPORT Status cuGetErrorString(Status, const char** text) { return *text = "error of the emulation", SUCCESS; }

EXPORT Status cuModuleLoadData(void** module, const void* image) {
  NEED_CONTEXT;
  NOT_IN_CAPTURE;
  uint32_t magic;
  memcpy(&magic, image, sizeof magic);
  if (magic != 0xBA55ED50) {  // of a fatbin
    return INVALID_IMAGE;
  }
  emulation.modules++;
  return *module = &emulation, SUCCESS;
}
EXPORT Status cuModuleUnload(void*) {
  NOT_IN_CAPTURE;
  return emulation.modules--, SUCCESS;
}
EXPORT Status cuModuleGetFunction(const Kernel** function, void*, const char* name) {
  auto found = kernels().find(name);
  return found == kernels().end() ? NOT_FOUND : (*function = &found->second, SUCCESS);
}

EXPORT Status cuMemAlloc_v2(uintptr_t* address, size_t bytes) {
  NEED_CONTEXT;
  NOT_IN_CAPTURE;
  if (bytes == 0) {
    return INVALID_VALUE;
  }
  if (emulation.used + bytes > emulation.memory) {
    return OUT_OF_MEMORY;
  }
  size_t all = (bytes + 2 * Emulation::GUARD + 255) / 256 * 256;
  auto* start = static_cast<unsigned char*>(aligned_alloc(256, all));
  memset(start, Emulation::UNWRITTEN, all);
  *address = reinterpret_cast<uintptr_t>(start + Emulation::GUARD);
  emulation.allocated[*address] = bytes;
  emulation.used += bytes;
  return SUCCESS;
}
EXPORT Status cuMemFree_v2(uintptr_t address) {
  NEED_CONTEXT;
  NOT_IN_CAPTURE;
  auto found = emulation.allocated.find(address);
  if (found == emulation.allocated.end()) {
    return INVALID_VALUE;
  }
  Status status = emulation.finishAll();
  bool intact = Emulation::intact(address, found->second);
  emulation.used -= found->second;
  emulation.allocated.erase(found);
  free(reinterpret_cast<unsigned char*>(address) - Emulation::GUARD);
  return intact ? status : LAUNCH_FAILED;
}
EXPORT Status cuMemGetInfo_v2(size_t* available, size_t* total) {
  NEED_CONTEXT;
  *available = emulation.memory - emulation.used;
  return *total = emulation.memory, SUCCESS;
}
EXPORT Status cuMemAllocHost_v2(void** address, size_t bytes) {
  NEED_CONTEXT;
  NOT_IN_CAPTURE;
  *address = malloc(bytes);
  emulation.pinned[*address] = bytes;
  return SUCCESS;
}
EXPORT Status cuMemFreeHost(void* address) {
  NEED_CONTEXT;
  NOT_IN_CAPTURE;
  Status status = emulation.finishAll();
  emulation.pinned.erase(address);
  free(address);
  return status;
}
EXPORT Status cuMemcpyHtoDAsync_v2(uintptr_t to, const void* from, size_t bytes, Stream* stream) {
  NEED_CONTEXT;
  if (!emulation.covers(to, bytes) || !emulation.pins(from, bytes)) {
    return INVALID_VALUE;
  }
  emulation.submit(stream, [=] { memcpy(reinterpret_cast<void*>(to), from, bytes); });
  return SUCCESS;
}
EXPORT Status cuMemcpyDtoHAsync_v2(void* to, uintptr_t from, size_t bytes, Stream* stream) {
  NEED_CONTEXT;
  if (!emulation.covers(from, bytes) || !emulation.pins(to, bytes)) {
    return INVALID_VALUE;
  }
  emulation.submit(stream, [=] { memcpy(to, reinterpret_cast<void*>(from), bytes); });
  return SUCCESS;
}
EXPORT Status cuMemcpyDtoDAsync_v2(uintptr_t to, uintptr_t from, size_t bytes, Stream* stream) {
  NEED_CONTEXT;
  if (!emulation.covers(from, bytes) || !emulation.covers(to, bytes)) {
    return INVALID_VALUE;
  }
  emulation.submit(
      stream, [=] { memmove(reinterpret_cast<void*>(to), reinterpret_cast<void*>(from), bytes); });
  return SUCCESS;
}
EXPORT Status cuMemsetD8Async(uintptr_t to, unsigned char value, size_t bytes, Stream* stream) {
  NEED_CONTEXT;
  if (!emulation.covers(to, bytes)) {
    return INVALID_VALUE;
  }
  emulation.submit(stream, [=] { memset(reinterpret_cast<void*>(to), value, bytes); });
  return SUCCESS;
}

EXPORT Status cuStreamCreate(Stream** stream, unsigned) {
  NEED_CONTEXT;
  *stream = new Stream();
  emulation.open.push_back(*stream);
  emulation.streams++;
  return SUCCESS;
}
EXPORT Status cuStreamDestroy_v2(Stream* stream) {
  NEED_CONTEXT;
  Status status = emulation.finish(stream);
  std::erase(emulation.open, stream);
  if (emulation.open.empty()) {
    emulation.failure = SUCCESS;  // for the next test; a GPU would fail until the process ends
  }
  emulation.streams--;
  delete stream;
  return status;
}
EXPORT Status cuStreamSynchronize(Stream* stream) {
  NEED_CONTEXT;
  NOT_IN_CAPTURE;
  emulation.waits++;
  return emulation.finish(stream);
}
EXPORT Status cuEventCreate(Event** event, unsigned) {
  NEED_CONTEXT;
  emulation.events++;
  return *event = new Event(), SUCCESS;
}
EXPORT Status cuEventDestroy_v2(Event* event) { return delete event, emulation.events--, SUCCESS; }
EXPORT Status cuEventRecord(Event* event, Stream* stream) {
  NEED_CONTEXT;
  if (stream->capturing) {
    return CAPTURE_UNSUPPORTED;
  }
  *event = {stream->progress, stream->progress->submitted};
  return SUCCESS;
}
EXPORT Status cuEventSynchronize(Event* event) {
  NEED_CONTEXT;
  while (!event->passed()) {
    if (!emulation.step()) {
      return LAUNCH_FAILED;  // streams that wait for each other
    }
  }
  return emulation.failure;
}
EXPORT Status cuStreamWaitEvent(Stream* stream, Event* event, unsigned) {
  NEED_CONTEXT;
  if (stream->capturing) {
    return CAPTURE_UNSUPPORTED;
  }
  stream->add({*event, [] {}});
  return SUCCESS;
}
EXPORT Status cuStreamBeginCapture_v2(Stream* stream, int) {
  NEED_CONTEXT;
  stream->capturing = true;
  stream->invalidated = false;
  return SUCCESS;
}
EXPORT Status cuStreamEndCapture(Stream* stream, std::vector<Work>** graph) {
  NEED_CONTEXT;
  stream->capturing = false;
  if (stream->invalidated) {
    stream->captured.clear();
    return *graph = nullptr, CAPTURE_INVALIDATED;
  }
  *graph = new std::vector<Work>();
  emulation.graphs++;
  stream->captured.swap(**graph);
  return SUCCESS;
}
EXPORT Status cuGraphInstantiateWithFlags(std::vector<Work>** executable, std::vector<Work>* graph, unsigned long long) {
  emulation.graphs++;
  *executable = new std::vector<Work>(*graph);
  return SUCCESS;
}
EXPORT Status cuGraphLaunch(std::vector<Work>* graph, Stream* stream) {
  NEED_CONTEXT;
  for (const Work& work : *graph) {
    emulation.submit(stream, work);
  }
  return SUCCESS;
}
EXPORT Status cuGraphDestroy(std::vector<Work>* graph) { return delete graph, emulation.graphs--, SUCCESS; }
EXPORT Status cuGraphExecDestroy(std::vector<Work>* graph) { return delete graph, emulation.graphs--, SUCCESS; }

EXPORT Status cuLaunchKernel(const Kernel* function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
    unsigned blockY, unsigned blockZ, unsigned, Stream* stream, void** arguments, void**) {
  NEED_CONTEXT;
  dim3 grid{gridX, gridY, gridZ};
  dim3 block{blockX, blockY, blockZ};
  bool fits = gridX > 0 && gridY > 0 && gridZ > 0 && gridX < 1u << 31 && gridY < 1u << 16 && gridZ < 1u << 16;
  if (!fits || block.count() < 1 || block.count() > 1024) {
    return INVALID_VALUE;
  }
  Work work = (*function)(arguments);
  emulation.submit(stream, [=] { run_grid(grid, block, work); });
  return SUCCESS;
}

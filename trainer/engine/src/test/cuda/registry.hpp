// The kernels by name, with their arguments unpacked from the pointers that cuLaunchKernel takes.
#pragma once
#include <map>
#include <string>
#include <tuple>
#include <utility>

// Makes the work of one thread, from copies of the arguments.
using Kernel = std::function<std::function<void()>(void**)>;

template <class... Arguments, size_t... I>
std::tuple<Arguments...> unpack(void** pointers, std::index_sequence<I...>) {
  return {*static_cast<Arguments*>(pointers[I])...};
}

template <class... Arguments>
Kernel kernel(void (*function)(Arguments...)) {
  return [function](void** pointers) -> std::function<void()> {
    auto arguments = unpack<Arguments...>(pointers, std::index_sequence_for<Arguments...>());
    return [function, arguments] { std::apply(function, arguments); };
  };
}

static const std::map<std::string, Kernel>& kernels() {
  static const std::map<std::string, Kernel> all = {
#define KERNEL_NAME(name) {#name "_f32", kernel(name##_f32)}, {#name "_f64", kernel(name##_f64)},
#include "../../main/cuda/names.inc"
#undef KERNEL_NAME
      {"sum", kernel(sum)},
      {"means", kernel(means)},
  };
  return all;
}

"""The networks of bench/gpu in PyTorch: a gradient step, and one with a Hessian-vector product, in milliseconds.

peer.py NETWORK N ARITHMETIC REPETITIONS [compile]
"""

import statistics
import sys

import torch
from torch.nn import functional as F


def normalized(z):
    dims = (0,) if z.dim() == 2 else (0, 2, 3)
    mean = z.mean(dims, keepdim=True)
    centered = z - mean
    return centered * centered.square().mean(dims, keepdim=True).rsqrt()


def mlp(width):
    sizes = [(width, 3072), (width, width)]

    def logits(weights, x, last):
        for w in weights:
            x = torch.tanh(normalized(x @ w.T))
        return x @ last.T

    return sizes, width, logits


def vgg():
    plan = [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"]
    sizes, channels = [], 3
    for item in plan:
        if item != "M":
            sizes.append((item, channels, 3, 3))
            channels = item

    def logits(weights, x, last):
        remaining = iter(weights)
        for item in plan:
            if item == "M":
                x = F.max_pool2d(x, 2)
            else:
                x = F.relu(normalized(F.conv2d(x, next(remaining), padding=1)))
        return x.flatten(1) @ last.T

    return sizes, 512, logits


def main(name, examples, arithmetic, repetitions, compiled):
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = arithmetic == "TF32"
    torch.backends.cudnn.allow_tf32 = arithmetic == "TF32"
    torch.backends.cudnn.benchmark = True
    dtype = torch.float64 if arithmetic == "FLOAT64" else torch.float32
    sizes, width, logits = {"MLP": lambda: mlp(1024), "SMALL": lambda: mlp(200), "VGG": vgg}[name]()
    image = (3, 32, 32) if name == "VGG" else (3072,)
    x = torch.randn(examples, *image, device="cuda", dtype=dtype)
    if name == "VGG":
        x = x.to(memory_format=torch.channels_last)
    labels = torch.randint(10, (examples,), device="cuda")
    last = torch.randn(10, width, device="cuda", dtype=dtype) / width**0.5
    # the scale of weights does not matter before a normalization
    weights = [torch.randn(*size, device="cuda", dtype=dtype) for size in sizes]
    direction = [torch.randn_like(w) for w in weights]

    def loss(*w):
        return F.cross_entropy(logits(w, x, last), labels)

    def gradient(*w):
        with torch.enable_grad():
            w = [p.detach().requires_grad_() for p in w]
            value = loss(*w)
            return value.detach(), torch.autograd.grad(value, w)

    def gradient_and_product(*w):
        with torch.enable_grad():
            w = [p.detach().requires_grad_() for p in w]
            value = loss(*w)
            g = torch.autograd.grad(value, w, create_graph=True)
            product = torch.autograd.grad(g, w, direction)
            return value.detach(), [p.detach() for p in g], product

    if compiled:
        functional_gradient = torch.func.grad_and_value(loss, argnums=tuple(range(len(weights))))

        def functional_product(*w):
            (g, value), (product, _) = torch.func.jvp(functional_gradient, tuple(w), tuple(direction))
            return value, g, product

        compiled_gradient = torch.compile(functional_gradient, mode="reduce-overhead")
        gradient_and_product = torch.compile(functional_product, mode="reduce-overhead")

        def gradient(*w):
            g, value = compiled_gradient(*w)
            return value, g

    def report(what, work):
        def step():
            torch.compiler.cudagraph_mark_step_begin()
            result = work(*weights)
            with torch.no_grad():
                for w, g in zip(weights, result[1]):
                    w.mul_(1 - 1e-6).add_(g, alpha=-1e-3)
            return result[0].item()

        for _ in range(5):
            step()
        times = []
        for _ in range(repetitions):
            start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            start.record()
            step()
            end.record()
            end.synchronize()
            times.append(start.elapsed_time(end))
        low, middle, high = statistics.quantiles(times, n=4)
        print(f"peer {name} n={examples} {arithmetic} {'compiled ' if compiled else ''}{what}: "
              f"median {middle:.3f} ms, quartiles {low:.3f} and {high:.3f}, "
              f"{torch.cuda.max_memory_allocated() / 2**30:.1f} GiB", flush=True)

    report("gradient step", gradient)
    report("gradient step and product", gradient_and_product)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), "compile" in sys.argv[5:])

"""
Checks whether the concurrent writes and reads of a row are linearizable: whether the row behaves like one value that changes at
one moment during each write and is read at one moment during each read.
"""
import collections
import dataclasses
import math
from typing import Optional


@dataclasses.dataclass
class Operation:
    """
    A read, or a write of a value that no other write has. The times are those of a monotonic clock: when the request was sent,
    and when the response was complete. The end of a write with an unknown result is infinity.
    """

    kind: str
    value: Optional[str]
    begun: float
    ended: float
    tag: Optional[str] = None
    expected: Optional[str] = None


def violations(history):
    """Returns a sentence for each violation in the history of a row. The history does not include rejected writes."""
    writes = {operation.value: operation for operation in history if operation.kind == "write"}
    reads = [operation for operation in history if operation.kind == "read"]
    found = [f"a read of {read.value}, which was never written" for read in reads if read.value not in writes]
    found += [f"a read of {read.value} before it was written" for read in reads
              if read.value in writes and read.ended < writes[read.value].begun]
    found += out_of_order(writes, reads) + tags_of_two(history)
    if any(write.expected for write in writes.values()):
        _, detached, doubled = chain(history)
        found += [f"{value} follows a version that did not exist" for value in detached]
        found += [f"{value} follows a version that another write follows" for value in doubled]
    return found


def out_of_order(writes, reads):
    """
    Finds zones that overlap in a way that no order of the operations allows. If each value is written once, there is an order if
    and only if there are no such zones: Gibbons and Korach, Testing Shared Memories, 1997, section 4. The zone of a value extends
    from the first end to the last begin of its operations.
    """
    clusters = collections.defaultdict(list)
    for operation in [*writes.values(), *reads]:
        clusters[operation.value].append(operation)
    forward, backward = [], []
    for value, operations in clusters.items():
        first_end = min(operation.ended for operation in operations)
        last_begin = max(operation.begun for operation in operations)
        # A write with an unknown result that no read returned may never have happened. It has no zone.
        if first_end < last_begin:
            forward.append((first_end, last_begin, value))
        elif first_end < math.inf:
            backward.append((last_begin, first_end, value))
    forward.sort()
    found = [f"{one} and {other} were each read before and after the other"
             for (_, end, one), (begin, _, other) in zip(forward, forward[1:]) if begin < end]
    return found + [f"{one} was written, but {other} was the value before and after"
                    for begin, end, one in backward for first, last, other in forward if first < begin and end < last]


def tags_of_two(history):
    """Finds ETags of two values, and values with two ETags."""
    pairs = {(operation.tag, operation.value) for operation in history if operation.tag}
    found = []
    for index, name, other in ((0, "ETag", "value"), (1, "value", "ETag")):
        counted = collections.Counter(pair[index] for pair in pairs)
        found += [f"the {name} {text} has two {other}s" for text, number in counted.items() if number > 1]
    return found


def chain(history):
    """
    Orders writes by the ETag that they expect. Returns the values that follow one another from the first value, then the values
    that follow a version that did not exist, and then the values that follow a version that another write follows.
    """
    tags = {operation.value: operation.tag for operation in history if operation.tag}
    happened = [operation for operation in history if operation.kind == "write" and operation.value in tags]
    successors = collections.defaultdict(list)
    for write in happened:
        successors[write.expected].append(write.value)
    values = []
    following = successors[None]
    while following and following[0] not in values:
        values.append(following[0])
        following = successors[tags[following[0]]]
    doubled = [value for names in successors.values() for value in names[1:]]
    return values, [write.value for write in happened if write.value not in [*values, *doubled]], doubled


def self_test():
    """Checks that valid histories have no violations and that each kind of invalid history has one."""
    def write(value, begun, ended, tag=None, expected=None):
        return Operation("write", value, begun, ended, tag or "tag of " + value, expected)

    def read(value, begun, ended, tag=None):
        return Operation("read", value, begun, ended, tag or "tag of " + str(value))

    unknown = Operation("write", "u", 2.5, math.inf)
    start = [write("a", 0, 1), write("b", 2, 5), write("c", 3, 6)]
    valid = {
        "one after the other": [*start, read("a", 1, 2), read("c", 7, 8)],
        "either of two concurrent writes is last": [*start, read("b", 7, 8)],
        "a write is read before its response": [*start, read("b", 3, 4), read("c", 7, 8)],
        "a write without a response happened": [*start, unknown, read("u", 7, 8), read("u", 9, 10)],
        "a write without a response did not happen": [*start, unknown, read("c", 7, 8)],
        "each follows the previous version": [write("a", 0, 1), write("b", 2, 3, expected="tag of a"), read("b", 4, 5)],
        "a write follows one without a response": [
            write("a", 0, 1), Operation("write", "b", 2, math.inf, None, "tag of a"), read("b", 3, 4),
            write("c", 5, 6, expected="tag of b")],
    }
    invalid = {
        "a lost write": [*start, read("a", 7, 8)],
        "a value that comes back": [*start, read("b", 6.5, 7), read("c", 7.5, 8), read("b", 9, 10)],
        "a write that is undone": [write("a", 0, 1), write("b", 2, 3), read("b", 3.5, 4), read("a", 5, 6)],
        "a write that no read returns": [write("a", 0, 1), write("b", 2, 3), read("a", 1.5, 1.8), read("a", 4, 5)],
        "a value that was never written": [*start, read("x", 7, 8)],
        "no value": [*start, read(None, 7, 8)],
        "a value before its write": [write("a", 0, 1), read("b", 1, 2), write("b", 3, 4)],
        "a write without a response that disappears": [*start, unknown, read("u", 7, 8), read("c", 9, 10)],
        "two values with one ETag": [write("a", 0, 1, "t"), write("b", 2, 3, "t")],
        "two ETags for one value": [*start, read("c", 7, 8, "t")],
        "two writes follow one version": [
            write("a", 0, 1), write("b", 2, 5, expected="tag of a"), write("c", 3, 6, expected="tag of a")],
        "a write without a response follows a replaced version": [
            write("a", 0, 1), write("b", 2, 5, expected="tag of a"), Operation("write", "c", 2, math.inf, None, "tag of a"),
            read("c", 3, 4), read("b", 4.5, 5)],
        "a write follows a version that did not exist": [write("a", 0, 1), write("b", 2, 3, expected="tag of x")],
    }
    for name, history in valid.items():
        assert not violations(history), f"{name}: {violations(history)}"
    for name, history in invalid.items():
        assert violations(history), f"not detected: {name}"
    return len(valid) + len(invalid)

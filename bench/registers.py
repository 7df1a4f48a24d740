"""
Judges what was written to a row and read from it by many at once: whether the row behaved like one value that changes at
one moment within each write, and is seen at one moment within each read (linearizability).
"""
import collections
import dataclasses
import math
from typing import Optional


@dataclasses.dataclass
class Operation:
    """
    A read, or a write of a value that no other write has. Times are those of one monotonic clock: when the request was sent,
    and when the answer was there; infinity for a write whose outcome is unknown.
    """

    kind: str
    value: Optional[str]
    begun: float
    ended: float
    tag: Optional[str] = None
    expected: Optional[str] = None


def objections(history):
    """What is wrong with the history of one row, as sentences; refused writes are not part of it."""
    writes = {operation.value: operation for operation in history if operation.kind == "write"}
    reads = [operation for operation in history if operation.kind == "read"]
    found = [f"a read of {read.value}, which no write left" for read in reads if read.value not in writes]
    found += [f"a read of {read.value} before it was written" for read in reads
              if read.value in writes and read.ended < writes[read.value].begun]
    found += out_of_order(writes, reads) + tags_of_two(history)
    if any(write.expected for write in writes.values()):
        _, astray, doubled = chain(history)
        found += [f"{value} in the place of what was never there" for value in astray]
        found += [f"{value} in a place that another one has" for value in doubled]
    return found


def out_of_order(writes, reads):
    """
    With each value written once, there is an order exactly when zones do not collide: Gibbons and Korach, Testing Shared
    Memories, 1997, section 4. A zone reaches from the first end to the last begin of what has to do with a value.
    """
    clusters = collections.defaultdict(list)
    for operation in [*writes.values(), *reads]:
        clusters[operation.value].append(operation)
    forward, backward = [], []
    for value, operations in clusters.items():
        first_end = min(operation.ended for operation in operations)
        last_begin = max(operation.begun for operation in operations)
        # One whose outcome is unknown and which nobody has read may never have happened.
        if first_end < last_begin:
            forward.append((first_end, last_begin, value))
        elif first_end < math.inf:
            backward.append((last_begin, first_end, value))
    forward.sort()
    found = [f"{one} and {other} each seen before and after the other"
             for (_, end, one), (begin, _, other) in zip(forward, forward[1:]) if begin < end]
    return found + [f"{one} written while {other} was there before and after"
                    for begin, end, one in backward for first, last, other in forward if first < begin and end < last]


def tags_of_two(history):
    """An ETag is of one value, and a value has one."""
    pairs = {(operation.tag, operation.value) for operation in history if operation.tag}
    found = []
    for place, name in ((0, "ETag"), (1, "value")):
        counted = collections.Counter(pair[place] for pair in pairs)
        found += [f"{name} {text} with two of the other" for text, number in counted.items() if number > 1]
    return found


def chain(history):
    """
    Of writes that name the ETag that they expect: the first value and those that follow it, each in the place of the one
    before. Also the values that are in nobody's place, and those in a place that another one has.
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
    """Shows that a sound history passes and that each kind of unsound one does not; raises AssertionError."""
    def write(value, begun, ended, tag=None, expected=None):
        return Operation("write", value, begun, ended, tag or "tag of " + value, expected)

    def read(value, begun, ended, tag=None):
        return Operation("read", value, begun, ended, tag or "tag of " + str(value))

    unknown = Operation("write", "u", 2.5, math.inf)
    start = [write("a", 0, 1), write("b", 2, 5), write("c", 3, 6)]
    sound = {
        "one after the other": [*start, read("a", 1, 2), read("c", 7, 8)],
        "either of two at once may be last": [*start, read("b", 7, 8)],
        "a write may be seen before its answer": [*start, read("b", 3, 4), read("c", 7, 8)],
        "a write without an answer happened": [*start, unknown, read("u", 7, 8), read("u", 9, 10)],
        "a write without an answer did not happen": [*start, unknown, read("c", 7, 8)],
        "each in the place of the one before": [write("a", 0, 1), write("b", 2, 3, expected="tag of a"), read("b", 4, 5)],
        "in the place of one without an answer": [
            write("a", 0, 1), Operation("write", "b", 2, math.inf, None, "tag of a"), read("b", 3, 4),
            write("c", 5, 6, expected="tag of b")],
    }
    unsound = {
        "a lost write": [*start, read("a", 7, 8)],
        "a value that went and came back": [*start, read("b", 6.5, 7), read("c", 7.5, 8), read("b", 9, 10)],
        "a write that was undone": [write("a", 0, 1), write("b", 2, 3), read("b", 3.5, 4), read("a", 5, 6)],
        "a write that nobody sees": [write("a", 0, 1), write("b", 2, 3), read("a", 1.5, 1.8), read("a", 4, 5)],
        "a value from nowhere": [*start, read("x", 7, 8)],
        "no value": [*start, read(None, 7, 8)],
        "a value from the future": [write("a", 0, 1), read("b", 1, 2), write("b", 3, 4)],
        "an unanswered write that comes and goes": [*start, unknown, read("u", 7, 8), read("c", 9, 10)],
        "two values with one ETag": [write("a", 0, 1, "t"), write("b", 2, 3, "t")],
        "two ETags for one value": [*start, read("c", 7, 8, "t")],
        "two in the place of one": [
            write("a", 0, 1), write("b", 2, 5, expected="tag of a"), write("c", 3, 6, expected="tag of a")],
        "one without an answer in the place of another": [
            write("a", 0, 1), write("b", 2, 5, expected="tag of a"), Operation("write", "c", 2, math.inf, None, "tag of a"),
            read("c", 3, 4), read("b", 4.5, 5)],
        "in the place of nothing": [write("a", 0, 1), write("b", 2, 3, expected="tag of x")],
    }
    for name, history in sound.items():
        assert not objections(history), f"{name}: {objections(history)}"
    for name, history in unsound.items():
        assert objections(history), f"{name} was not noticed"
    return len(sound) + len(unsound)

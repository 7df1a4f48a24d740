"""Draws series over time as an SVG with one panel below the other. Each panel has its own scale, which starts at zero."""
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 120
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 28, 22
COLOURS = ["#1f6fb2", "#d95f02", "#3a9a3a"]
MOST_POINTS = 360


def rounded_up(value):
    """Rounds a value up to 1, 2 or 5 times a power of ten."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if value <= factor * step:
                return factor * step
        step *= 10


def thinned(points):
    """Divides the points into equal parts and returns the highest of each, so that no peak is hidden."""
    size = -(-len(points) // MOST_POINTS)
    return [max(points[start:start + size], key=lambda point: point[1]) for start in range(0, len(points), size)]


def panel(title, series, top, longest):
    """Draws a panel. A series has a name and its points (x, y)."""
    highest = rounded_up(max(y for _, points in series for _, y in points) or 1)
    inner_width, inner_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def place(x, y):
        return f"{LEFT + x / longest * inner_width:.1f},{top + TOP + (1 - y / highest) * inner_height:.1f}"

    parts = [f'<text x="{LEFT}" y="{top + 18}" font-weight="bold">{escape(title)}</text>']
    for y in (0, highest / 2, highest):
        line = top + TOP + (1 - y / highest) * inner_height
        parts.append(f'<path d="M{LEFT} {line:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
                     f'<text x="{LEFT - 6}" y="{line + 4:.1f}" text-anchor="end">{y:g}</text>')
    for number, (name, points) in enumerate(series):
        colour = COLOURS[number]
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="1.3" points="'
                     + " ".join(place(x, y) for x, y in thinned(points)) + '"/>')
        parts.append(f'<text x="{WIDTH - RIGHT - 130 * (len(series) - 1 - number)}" y="{top + 18}" text-anchor="end"'
                     f' fill="{colour}">{escape(name)}</text>')
    return "".join(parts)


def chart(panels, unit, longest=None):
    """
    Draws a chart. A panel has a title and its series. The unit is that of x. longest is the end of the x-axis, by default the last
    point.
    """
    longest = longest or max(x for _, series in panels for _, points in series for x, _ in points) or 1
    height = len(panels) * HEIGHT + 24
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">'
             f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>']
    for number, (title, series) in enumerate(panels):
        parts.append(panel(title, series, number * HEIGHT, longest))
    for part in range(7):
        x = LEFT + part / 6 * (WIDTH - LEFT - RIGHT)
        parts.append(f'<text x="{x:.1f}" y="{height - 26}" text-anchor="middle">{longest * part / 6:.3g}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{height - 8}" text-anchor="middle">{escape(unit)}</text></svg>\n')
    return "\n".join(parts)

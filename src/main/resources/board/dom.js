/**
 * Describes elements as plain objects, and changes the document to match a description. Elements that stay keep their focus,
 * selection and scroll position. Text only ever becomes a text node, so it cannot become markup.
 */

/** Names that are set as properties, because the attribute is only their initial value. */
const PROPERTIES = new Set(['value', 'checked', 'selected']);

/** The descriptions of the elements that are in the document. */
const described = new WeakMap();

/**
 * Describes an element.
 *
 * Props are attributes, except: `key` names an element among its siblings; `on…` is an event handler; `value`, `checked` and
 * `selected` are properties; `style` is an object of CSS properties. Attributes that are null or false are left out. Children are descriptions,
 * texts, nodes or lists of them. Null and false are left out.
 */
export function h(tag, props, ...children) {
  const kept = children.flat(Infinity).filter((child) => child != null && child !== false && child !== '');
  return { tag, props: props ?? {}, key: props?.key, children: kept };
}

/** Makes the children of an element match a list of descriptions. */
export function render(parent, children) {
  const keyed = new Map();
  const others = [];
  for (const node of parent.childNodes) {
    const key = described.get(node)?.key;
    if (key === undefined) {
      others.push(node);
    } else {
      keyed.set(key, node);
    }
  }
  const next = children.map((child) => (child instanceof Node ? child : match(child, keyed, others)));
  const wanted = new Set(next);
  for (const node of [...parent.childNodes]) {
    if (!wanted.has(node)) {
      node.remove();
    }
  }
  let cursor = parent.firstChild;
  for (const node of next) {
    if (node === cursor) {
      cursor = cursor.nextSibling;
    } else {
      parent.insertBefore(node, cursor);
    }
  }
}

/** Returns a node for a description: the one with the same key, or the next one without a key, or a new one. */
function match(child, keyed, others) {
  if (typeof child !== 'object') {
    const text = String(child);
    const node = others[0]?.nodeType === Node.TEXT_NODE ? others.shift() : document.createTextNode(text);
    if (node.data !== text) {
      node.data = text;
    }
    return node;
  }
  const old = child.key === undefined ? others[0] : keyed.get(child.key);
  const fits = old !== undefined && described.get(old)?.tag === child.tag;
  if (fits && child.key === undefined) {
    others.shift();
  }
  const node = fits ? old : document.createElement(child.tag);
  update(node, described.get(node)?.props ?? {}, child.props);
  described.set(node, child);
  render(node, child.children);
  return node;
}

function update(node, before, after) {
  for (const name of Object.keys(before)) {
    if (!(name in after)) {
      set(node, name, null, before[name]);
    }
  }
  for (const [name, value] of Object.entries(after)) {
    if (value !== before[name]) {
      set(node, name, value, before[name]);
    }
  }
}

function set(node, name, value, before) {
  if (name === 'key') {
    return;
  }
  if (name.startsWith('on')) {
    node[name] = value;
  } else if (PROPERTIES.has(name)) {
    if (node[name] !== value) {
      node[name] = value ?? '';
    }
  } else if (name === 'style') {
    for (const property of Object.keys({ ...before, ...value })) {
      node.style.setProperty(property, value?.[property] ?? '');
    }
  } else if (value == null || value === false) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, value === true ? '' : value);
  }
}

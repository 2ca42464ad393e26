//! Elements of the respondent's page, as one type.
//!
//! Leptos' `view!` gives every element a type of its own, made of its attributes and children, and
//! each of them brings its own code to build, change and remove it: most of what a phone had to load.
//! An [`Element`] is built at once, what changes is an effect of Leptos' reactive graph, and what
//! comes out is a Leptos view like any other:
//!
//! ```ignore
//! el("p").class("err").attr("role", "alert").child(icon(path::ERROR)).child(text).into_any()
//! ```
//!
//! It is never changed into another one: where a view is drawn anew, the old element goes and the new
//! one comes.

use js_sys::Reflect;
use leptos::prelude::{AddAnyAttr, Mountable, Render, RenderHtml, document};
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::html::attribute::{Attribute, any_attribute::AnyAttribute};
use leptos::tachys::html::element::ElementType;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::svg::Svg;
use leptos::tachys::view::{Position, PositionState};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::{Event, Node};

/// An element with its content, its listeners and what follows signals.
pub struct Element(SendWrapper<Parts>);

struct Parts {
    node: web_sys::Element,
    /// Kept for as long as the element is there.
    listeners: Vec<Closure<dyn FnMut(Event)>>,
    effects: Vec<RenderEffect<()>>,
    children: Vec<Element>,
}

/// An HTML element.
pub fn el(tag: &str) -> Element {
    Element::new(document().create_element(tag))
}

/// A button with a label.
pub fn button(class: &str, label: &str) -> Element {
    el("button").class(class).attr("type", "button").child(label)
}

/// The heading of a screen, which the focus goes to.
pub fn heading(content: impl Content) -> Element {
    el("h1").attr("tabindex", "-1").child(content)
}

/// An element of a drawing.
pub fn svg(tag: &str) -> Element {
    Element::new(document().create_element_ns(<Svg as ElementType>::NAMESPACE, tag))
}

impl Element {
    fn new(node: Result<web_sys::Element, JsValue>) -> Element {
        let node = node.expect("tags of this program are valid");
        Element(SendWrapper::new(Parts { node, listeners: Vec::new(), effects: Vec::new(), children: Vec::new() }))
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Element {
        set(&self.0.node, name, Some(value));
        self
    }

    /// Sets the classes.
    pub fn class(self, names: &str) -> Element {
        self.attr("class", names)
    }

    /// Sets a property of the node.
    pub fn prop(self, name: &str, value: impl Into<JsValue>) -> Element {
        let _ = Reflect::set(&self.0.node, &name.into(), &value.into());
        self
    }

    /// An attribute that follows signals; none is taken away.
    pub fn attr_with(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Element {
        let mut last = None;
        self.follow(Box::new(move |node| {
            let value = value();
            if value != last {
                set(node, name, value.as_deref());
                last = value;
            }
        }))
    }

    /// A class that is there while this holds.
    pub fn class_while(self, name: &'static str, holds: impl Fn() -> bool + 'static) -> Element {
        self.follow(Box::new(move |node| {
            let _ = node.class_list().toggle_with_force(name, holds());
        }))
    }

    /// Ticked while this holds.
    pub fn checked_while(self, holds: impl Fn() -> bool + 'static) -> Element {
        self.follow(Box::new(move |node| {
            let _ = Reflect::set(node, &"checked".into(), &holds().into());
        }))
    }

    /// A text that follows signals, as the only content.
    pub fn text_with(self, text: impl Fn() -> String + 'static) -> Element {
        let mut last = String::new();
        self.follow(Box::new(move |node| {
            let text = text();
            if text != last {
                node.set_text_content(Some(&text));
                last = text;
            }
        }))
    }

    /// Content that is there while there is something to draw it of, and drawn anew only when this has changed.
    pub fn show<T: PartialEq + 'static>(
        self,
        what: impl Fn() -> Option<T> + 'static,
        draw: impl Fn(&T) -> Element + 'static,
    ) -> Element {
        let mut last = None;
        self.swap(Box::new(move || {
            let what = what();
            (what != last).then(|| {
                last = what;
                last.as_ref().map(&draw)
            })
        }))
    }

    /// What `show` does, whatever is drawn. `None`: nothing has changed.
    fn swap(self, mut draw: Box<dyn FnMut() -> Option<Option<Element>>>) -> Element {
        let anchor = document().create_comment("");
        let _ = self.0.node.append_child(&anchor);
        let mut shown: Option<Element> = None;
        self.follow(Box::new(move |node| {
            if let Some(new) = draw() {
                if let Some(new) = &new {
                    let _ = node.insert_before(&new.0.node, Some(&anchor));
                }
                if let Some(old) = std::mem::replace(&mut shown, new) {
                    old.0.node.remove();
                }
            }
        }))
    }

    /// Runs now, and again whenever a signal it reads has changed.
    pub fn follow(mut self, mut run: Box<dyn FnMut(&web_sys::Element)>) -> Element {
        let node = self.0.node.clone();
        self.0.effects.push(RenderEffect::new(move |_| run(&node)));
        self
    }

    /// Listens to an event.
    pub fn on(self, event: &str, handler: impl FnMut(Event) + 'static) -> Element {
        self.listen(event, Box::new(handler))
    }

    fn listen(mut self, event: &str, handler: Box<dyn FnMut(Event)>) -> Element {
        let listener = Closure::wrap(handler);
        let _ = self.0.node.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        self.0.listeners.push(listener);
        self
    }

    /// Adds content at the end: an element, a text, or some of them.
    pub fn child(mut self, content: impl Content) -> Element {
        content.add_to(&mut self);
        self
    }
}

/// Sets an attribute of a node, or takes it away.
fn set(node: &web_sys::Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => node.set_attribute(name, value),
        None => node.remove_attribute(name),
    };
}

/// Whether a click is a touch or a click of the mouse; keys make clicks as well.
pub fn is_tap(event: &Event) -> bool {
    event.unchecked_ref::<web_sys::UiEvent>().detail() > 0
}

/// What can stand in an element.
pub trait Content {
    /// Adds it at the end.
    fn add_to(self, element: &mut Element);
}

impl Content for Element {
    fn add_to(self, element: &mut Element) {
        let _ = element.0.node.append_child(&self.0.node);
        element.0.children.push(self);
    }
}

impl Content for &str {
    fn add_to(self, element: &mut Element) {
        let _ = element.0.node.append_with_str_1(self);
    }
}

impl Content for String {
    fn add_to(self, element: &mut Element) {
        self.as_str().add_to(element);
    }
}

impl<C: Content> Content for Option<C> {
    fn add_to(self, element: &mut Element) {
        if let Some(content) = self {
            content.add_to(element);
        }
    }
}

impl<C: Content> Content for Vec<C> {
    fn add_to(self, element: &mut Element) {
        for content in self {
            content.add_to(element);
        }
    }
}

impl Render for Element {
    type State = Element;

    fn build(self) -> Element {
        self
    }

    fn rebuild(mut self, state: &mut Element) {
        state.insert_before_this(&mut self);
        state.unmount();
        *state = self;
    }
}

impl Mountable for Element {
    fn unmount(&mut self) {
        self.0.node.remove();
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Node>) {
        let _ = parent.insert_before(&self.0.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.0.node.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.0.node));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        vec![self.0.node.clone()]
    }
}

impl AddAnyAttr for Element {
    type Output<A: Attribute> = Element;

    fn add_any_attr<A: Attribute>(self, _: A) -> Element {
        self
    }
}

/// Pages of this program are drawn in the browser only: there is nothing to write or to take over.
impl RenderHtml for Element {
    type AsyncOutput = Element;
    type Owned = Element;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Element {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Element {
        self
    }

    fn into_owned(self) -> Element {
        self
    }
}

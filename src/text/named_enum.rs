//! A macro for enums whose values have stable names.

/// Declares an enum whose values have stable names. The enum gets the functions `name` and `from_name`. The constant
/// `ALL` holds every value in the order of the declaration.
///
/// ```text
/// named_enum! {
///     /// A colour.
///     #[derive(Debug, Clone, Copy)]
///     pub enum Colour {
///         /// As of grass.
///         Green = "green",
///     }
/// }
/// ```
macro_rules! named_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $enum:ident { $($(#[$about:meta])* $value:ident = $name:literal,)+ }
    ) => {
        $(#[$attribute])*
        $visibility enum $enum { $($(#[$about])* $value,)+ }

        impl $enum {
            /// Every value, in the order of the declaration.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$value),+];

            /// Returns the stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $name,)+
                }
            }

            /// Returns the value with this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.name() == name)
            }
        }
    };
}

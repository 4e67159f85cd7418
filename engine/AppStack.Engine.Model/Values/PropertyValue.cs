using System.Collections.Immutable;

namespace AppStack.Engine.Model.Values;

/// <summary>
/// A value as it travels between the program, the engine and a provider, and as it is kept in state. The hierarchy is closed:
/// the nested types are all the kinds that exist. Values are immutable and compare by content.
/// </summary>
public abstract record PropertyValue
{
    private PropertyValue()
    {
    }

    /// <summary>Whether this value is, or anywhere contains, a value that is not known before the update runs.</summary>
    public virtual bool ContainsUnknowns => false;

    /// <summary>Whether this value is, or anywhere contains, a secret.</summary>
    public virtual bool ContainsSecrets => false;

    /// <summary>Wraps a string, or gives <see cref="Null"/> for <see langword="null"/>.</summary>
    public static PropertyValue Of(string? value) => value is null ? Null.Instance : new Text(value);

    /// <summary>Wraps a boolean.</summary>
    public static PropertyValue Of(bool value) => value ? Bool.True : Bool.False;

    /// <summary>Wraps a number; every number of the model is a double, as in Pulumi.</summary>
    public static PropertyValue Of(double value) => new Number(value);

    /// <summary>Wraps a list of values.</summary>
    public static PropertyValue Of(IEnumerable<PropertyValue> items) => new List([.. items]);

    /// <summary>Wraps an object.</summary>
    public static PropertyValue Of(PropertyMap members) => new Map(members);

    /// <summary>This value as a secret; a secret stays the secret that it is.</summary>
    public PropertyValue AsSecret() => this is Secret ? this : new Secret(this);

    /// <summary>This value with every secret marker in it removed, at any depth.</summary>
    public virtual PropertyValue WithoutSecrets() => this;

    /// <summary>The absence of a value.</summary>
    public sealed record Null : PropertyValue
    {
        private Null()
        {
        }

        /// <summary>The only instance.</summary>
        public static Null Instance { get; } = new();
    }

    /// <summary>A boolean.</summary>
    public sealed record Bool : PropertyValue
    {
        private Bool(bool value) => Value = value;

        /// <summary>The value true.</summary>
        public static Bool True { get; } = new(value: true);

        /// <summary>The value false.</summary>
        public static Bool False { get; } = new(value: false);

        /// <summary>The boolean itself.</summary>
        public bool Value { get; }
    }

    /// <summary>A number. Equality is that of doubles, except that NaN equals itself.</summary>
    /// <param name="Value">The number itself.</param>
    public sealed record Number(double Value) : PropertyValue;

    /// <summary>A string.</summary>
    /// <param name="Value">The string itself.</param>
    public sealed record Text(string Value) : PropertyValue;

    /// <summary>An ordered list.</summary>
    /// <param name="Items">The elements; never the default array.</param>
    public sealed record List(ImmutableArray<PropertyValue> Items) : PropertyValue
    {
        /// <inheritdoc/>
        public override bool ContainsUnknowns => Items.Any(item => item.ContainsUnknowns);

        /// <inheritdoc/>
        public override bool ContainsSecrets => Items.Any(item => item.ContainsSecrets);

        /// <inheritdoc/>
        public override PropertyValue WithoutSecrets() =>
            ContainsSecrets ? new List([.. Items.Select(item => item.WithoutSecrets())]) : this;

        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var item in Items)
            {
                hash.Add(item);
            }

            return hash.ToHashCode();
        }
    }

    /// <summary>An object: values by name.</summary>
    /// <param name="Members">The members.</param>
    public sealed record Map(PropertyMap Members) : PropertyValue
    {
        /// <inheritdoc/>
        public override bool ContainsUnknowns => Members.ContainsUnknowns;

        /// <inheritdoc/>
        public override bool ContainsSecrets => Members.ContainsSecrets;

        /// <inheritdoc/>
        public override PropertyValue WithoutSecrets() => ContainsSecrets ? new Map(Members.WithoutSecrets()) : this;
    }

    /// <summary>A secret. What is inside never appears in clear in state, logs or displays.</summary>
    /// <param name="Element">The value kept secret; never itself a <see cref="Secret"/>.</param>
    public sealed record Secret(PropertyValue Element) : PropertyValue
    {
        /// <inheritdoc/>
        public override bool ContainsUnknowns => Element.ContainsUnknowns;

        /// <inheritdoc/>
        public override bool ContainsSecrets => true;

        /// <inheritdoc/>
        public override PropertyValue WithoutSecrets() => Element.WithoutSecrets();

        /// <summary>Never shows the value.</summary>
        public override string ToString() => "[secret]";
    }

    /// <summary>A value that is only known once the update runs (previews only).</summary>
    public sealed record Unknown : PropertyValue
    {
        private Unknown()
        {
        }

        /// <summary>The only instance.</summary>
        public static Unknown Instance { get; } = new();

        /// <inheritdoc/>
        public override bool ContainsUnknowns => true;
    }

    /// <summary>A file-like input. Exactly one of text, path and uri is set.</summary>
    /// <param name="Hash">Lowercase hexadecimal SHA-256 of the content; empty when not computed yet.</param>
    /// <param name="Content">The content itself, for text assets.</param>
    /// <param name="Path">A local file.</param>
    /// <param name="Uri">A remote file.</param>
    public sealed record Asset(string Hash, string? Content = null, string? Path = null, string? Uri = null) : PropertyValue;

    /// <summary>A tree of files. Exactly one of assets, path and uri is set.</summary>
    /// <param name="Hash">Lowercase hexadecimal SHA-256 of the content; empty when not computed yet.</param>
    /// <param name="Assets">Members by path: <see cref="Asset"/> or <see cref="Archive"/> values.</param>
    /// <param name="Path">A local directory or archive file.</param>
    /// <param name="Uri">A remote archive file.</param>
    public sealed record Archive(string Hash, PropertyMap? Assets = null, string? Path = null, string? Uri = null) : PropertyValue;

    /// <summary>A reference to another resource.</summary>
    /// <param name="Urn">The resource's URN.</param>
    /// <param name="Id">The resource's id; <see langword="null"/> for components.</param>
    /// <param name="PackageVersion">The version of the resource's package; empty when not given.</param>
    public sealed record Reference(string Urn, PropertyValue? Id = null, string PackageVersion = "") : PropertyValue
    {
        /// <inheritdoc/>
        public override bool ContainsUnknowns => Id?.ContainsUnknowns ?? false;
    }
}

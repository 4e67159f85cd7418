using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>The unique name of a resource in all stacks: <c>urn:pulumi:stack::project::type::name</c>.</summary>
public readonly struct Urn : IEquatable<Urn>
{
    private const string Delimiter = "::";

    private readonly string _value;

    /// <summary>Takes a URN as it is.</summary>
    /// <param name="value">The URN.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or empty.</exception>
    public Urn(string value)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException("URN cannot be null or empty.", nameof(value));
        }

        _value = value;
    }

    /// <summary>The URN as text.</summary>
    /// <param name="value">The URN.</param>
    public static implicit operator string(Urn value) => value._value;

    /// <summary>Whether both are the same.</summary>
    /// <param name="left">One URN.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Urn left, Urn right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">One URN.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Urn left, Urn right) => !left.Equals(right);

    /// <summary>Puts a URN together.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="type">Its type token.</param>
    /// <param name="parent">Its parent; excludes <paramref name="parentUrn"/>.</param>
    /// <param name="parentUrn">Its parent's URN.</param>
    /// <param name="project">The project; this run's by default. Not used with a parent.</param>
    /// <param name="stack">The stack; this run's by default. Not used with a parent.</param>
    /// <exception cref="ArgumentException">Both kinds of parent are given.</exception>
    public static Output<string> Create(
        Input<string> name,
        Input<string> type,
        Resource? parent = null,
        Input<string>? parentUrn = null,
        Input<string>? project = null,
        Input<string>? stack = null)
    {
        if (parent is not null && parentUrn is not null)
        {
            throw new ArgumentException("Only one of 'parent' and 'parentUrn' can be non-null.");
        }

        if ((parent?.Urn ?? parentUrn?.AsOutput) is { } formerParent)
        {
            var prefix = formerParent.Apply(static urn => urn[..urn.LastIndexOf(Delimiter, StringComparison.Ordinal)]);
            return Output.Format($"{prefix}${type}::{name}");
        }

        var instance = Deployment.Instance;
        return Output.Format($"urn:pulumi:{stack ?? instance.StackName}::{project ?? instance.ProjectName}::{type}::{name}");
    }

    /// <inheritdoc/>
    public bool Equals(Urn other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Urn other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : _value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";

    /// <summary>The resource's own type token (the last part of the qualified type).</summary>
    internal static string TypeOf(string urn)
    {
        var qualified = Part(urn, 2);
        return qualified[(qualified.LastIndexOf('$') + 1)..];
    }

    /// <summary>The resource's name; it may itself contain the delimiter.</summary>
    internal static string NameOf(string urn) => Part(urn, 3);

    private static string Part(string urn, int index)
    {
        var parts = urn.Split(Delimiter, 4);
        return parts.Length == 4 ? parts[index] : throw new ArgumentException($"'{urn}' is not a URN (urn:pulumi:stack::project::type::name).");
    }
}

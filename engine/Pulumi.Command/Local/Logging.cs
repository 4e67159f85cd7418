namespace Pulumi.Command.Local;

/// <summary>Which streams of a local command are shown while it runs.</summary>
[EnumType]
public readonly struct Logging : IEquatable<Logging>
{
    private readonly string _value;

    private Logging(string value) => _value = value;

    /// <summary>Only standard output.</summary>
    public static Logging Stdout { get; } = new("stdout");

    /// <summary>Only standard error.</summary>
    public static Logging Stderr { get; } = new("stderr");

    /// <summary>Both; the default.</summary>
    public static Logging StdoutAndStderr { get; } = new("stdoutAndStderr");

    /// <summary>Neither.</summary>
    public static Logging None { get; } = new("none");

    /// <summary>The value as the provider knows it.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator string(Logging value) => value._value;

    /// <summary>Whether both are the same.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Logging left, Logging right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Logging left, Logging right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Logging other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Logging other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <inheritdoc/>
    public override string ToString() => _value;
}

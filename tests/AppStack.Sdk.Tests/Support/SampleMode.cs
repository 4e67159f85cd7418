using Pulumi;

namespace AppStack.Sdk.Tests.Support;

[EnumType]
public readonly struct SampleMode : IEquatable<SampleMode>
{
    private readonly string _value;

    private SampleMode(string value) => _value = value;

    public static SampleMode Fast { get; } = new("fast");

    public static SampleMode Safe { get; } = new("safe");

    public static bool operator ==(SampleMode left, SampleMode right) => left.Equals(right);

    public static bool operator !=(SampleMode left, SampleMode right) => !left.Equals(right);

    public static explicit operator string(SampleMode mode) => mode._value;

    public bool Equals(SampleMode other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is SampleMode other && Equals(other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value ?? "");
}

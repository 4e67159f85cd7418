namespace AppStack.Stacks.Environments.Reading;

/// <summary>What came out of reading one value: either the value, or what is wrong with it.</summary>
internal readonly record struct ScalarResult
{
    public ScalarResult(object value) => Value = value;

    public ScalarResult(string wrong, string right) => (Wrong, Right) = (wrong, right);

    /// <summary>The value; <see langword="null"/> when it is wrong.</summary>
    public object? Value { get; }

    /// <summary>What is wrong.</summary>
    public string Wrong { get; } = "";

    /// <summary>What would be right.</summary>
    public string Right { get; } = "";
}

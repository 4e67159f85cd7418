namespace Pulumi;

/// <summary>Adds plain cases to lists of unions.</summary>
public static class InputListExtensions
{
    /// <summary>Adds a value of the first type.</summary>
    /// <typeparam name="T0">The first type.</typeparam>
    /// <typeparam name="T1">The second type.</typeparam>
    /// <param name="list">The list.</param>
    /// <param name="value">The value.</param>
    public static void Add<T0, T1>(this InputList<Union<T0, T1>> list, Input<T0> value) =>
        list.Add(value.ToOutput().Apply(static item => (Union<T0, T1>)item));

    /// <summary>Adds a value of the second type.</summary>
    /// <typeparam name="T0">The first type.</typeparam>
    /// <typeparam name="T1">The second type.</typeparam>
    /// <param name="list">The list.</param>
    /// <param name="value">The value.</param>
    public static void Add<T0, T1>(this InputList<Union<T0, T1>> list, Input<T1> value) =>
        list.Add(value.ToOutput().Apply(static item => (Union<T0, T1>)item));
}

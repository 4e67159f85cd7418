using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Reads elements of list outputs and cases of union outputs.</summary>
public static class OutputExtensions
{
    /// <summary>The element at a position.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="array">The list.</param>
    /// <param name="index">The position, from 0.</param>
    public static Output<T> GetAt<T>(this Output<ImmutableArray<T>> array, Input<int> index) =>
        Output.Tuple(array, index.ToOutput()).Apply(static both => both.Item1[both.Item2]);

    /// <summary>The first element.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="array">The list.</param>
    public static Output<T> First<T>(this Output<ImmutableArray<T>> array) => array.Apply(static items => items[0]);

    /// <summary>The number of elements.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="array">The list.</param>
    public static Output<int> Length<T>(this Output<ImmutableArray<T>> array) => array.Apply(static items => items.Length);

    /// <summary>Whether the value is of the first type.</summary>
    /// <typeparam name="T0">The first type.</typeparam>
    /// <typeparam name="T1">The second type.</typeparam>
    /// <param name="output">The union.</param>
    public static Output<bool> IsT0<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(static union => union.IsT0);

    /// <summary>Whether the value is of the second type.</summary>
    /// <typeparam name="T0">The first type.</typeparam>
    /// <typeparam name="T1">The second type.</typeparam>
    /// <param name="output">The union.</param>
    public static Output<bool> IsT1<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(static union => union.IsT1);

    /// <summary>The value, which is of the first type.</summary>
    /// <typeparam name="T0">The first type.</typeparam>
    /// <typeparam name="T1">The second type.</typeparam>
    /// <param name="output">The union.</param>
    public static Output<T0> AsT0<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(static union => union.AsT0);

    /// <summary>The value, which is of the second type.</summary>
    /// <typeparam name="T0">The first type.</typeparam>
    /// <typeparam name="T1">The second type.</typeparam>
    /// <param name="output">The union.</param>
    public static Output<T1> AsT1<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(static union => union.AsT1);

    /// <summary>The value, whichever type it is of.</summary>
    /// <typeparam name="T0">The first type.</typeparam>
    /// <typeparam name="T1">The second type.</typeparam>
    /// <param name="output">The union.</param>
    public static Output<object> Value<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(static union => union.Value);
}

namespace Pulumi;

/// <content>Joining values of different types.</content>
public static partial class Output
{
    /// <summary>One output of two values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    public static Output<(T1, T2)> Tuple<T1, T2>(Input<T1> item1, Input<T2> item2) =>
        new(JoinAsync(item1.ToOutput(), item2.ToOutput()));

    /// <summary>One output of two values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    public static Output<(T1, T2)> Tuple<T1, T2>(Output<T1> item1, Output<T2> item2) =>
        new(JoinAsync(item1, item2));

    /// <summary>One output of three values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Input<T1> item1, Input<T2> item2, Input<T3> item3) =>
        new(JoinAsync(item1.ToOutput(), item2.ToOutput(), item3.ToOutput()));

    /// <summary>One output of three values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Output<T1> item1, Output<T2> item2, Output<T3> item3) =>
        new(JoinAsync(item1, item2, item3));

    /// <summary>One output of four values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4) =>
        new(JoinAsync(item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput()));

    /// <summary>One output of four values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4) =>
        new(JoinAsync(item1, item2, item3, item4));

    /// <summary>One output of five values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <typeparam name="T5">Type of value 5.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    /// <param name="item5">Value 5.</param>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5) =>
        new(JoinAsync(item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput(), item5.ToOutput()));

    /// <summary>One output of five values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <typeparam name="T5">Type of value 5.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    /// <param name="item5">Value 5.</param>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5) =>
        new(JoinAsync(item1, item2, item3, item4, item5));

    /// <summary>One output of six values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <typeparam name="T5">Type of value 5.</typeparam>
    /// <typeparam name="T6">Type of value 6.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    /// <param name="item5">Value 5.</param>
    /// <param name="item6">Value 6.</param>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6) =>
        new(JoinAsync(item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput(), item5.ToOutput(), item6.ToOutput()));

    /// <summary>One output of six values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <typeparam name="T5">Type of value 5.</typeparam>
    /// <typeparam name="T6">Type of value 6.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    /// <param name="item5">Value 5.</param>
    /// <param name="item6">Value 6.</param>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6) =>
        new(JoinAsync(item1, item2, item3, item4, item5, item6));

    /// <summary>One output of seven values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <typeparam name="T5">Type of value 5.</typeparam>
    /// <typeparam name="T6">Type of value 6.</typeparam>
    /// <typeparam name="T7">Type of value 7.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    /// <param name="item5">Value 5.</param>
    /// <param name="item6">Value 6.</param>
    /// <param name="item7">Value 7.</param>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6,
        Input<T7> item7) =>
        new(JoinAsync(item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput(), item5.ToOutput(), item6.ToOutput(), item7.ToOutput()));

    /// <summary>One output of seven values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <typeparam name="T5">Type of value 5.</typeparam>
    /// <typeparam name="T6">Type of value 6.</typeparam>
    /// <typeparam name="T7">Type of value 7.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    /// <param name="item5">Value 5.</param>
    /// <param name="item6">Value 6.</param>
    /// <param name="item7">Value 7.</param>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7) =>
        new(JoinAsync(item1, item2, item3, item4, item5, item6, item7));

    /// <summary>One output of eight values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <typeparam name="T5">Type of value 5.</typeparam>
    /// <typeparam name="T6">Type of value 6.</typeparam>
    /// <typeparam name="T7">Type of value 7.</typeparam>
    /// <typeparam name="T8">Type of value 8.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    /// <param name="item5">Value 5.</param>
    /// <param name="item6">Value 6.</param>
    /// <param name="item7">Value 7.</param>
    /// <param name="item8">Value 8.</param>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6,
        Input<T7> item7,
        Input<T8> item8) =>
        new(JoinAsync(item1.ToOutput(), item2.ToOutput(), item3.ToOutput(), item4.ToOutput(), item5.ToOutput(), item6.ToOutput(), item7.ToOutput(), item8.ToOutput()));

    /// <summary>One output of eight values: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T1">Type of value 1.</typeparam>
    /// <typeparam name="T2">Type of value 2.</typeparam>
    /// <typeparam name="T3">Type of value 3.</typeparam>
    /// <typeparam name="T4">Type of value 4.</typeparam>
    /// <typeparam name="T5">Type of value 5.</typeparam>
    /// <typeparam name="T6">Type of value 6.</typeparam>
    /// <typeparam name="T7">Type of value 7.</typeparam>
    /// <typeparam name="T8">Type of value 8.</typeparam>
    /// <param name="item1">Value 1.</param>
    /// <param name="item2">Value 2.</param>
    /// <param name="item3">Value 3.</param>
    /// <param name="item4">Value 4.</param>
    /// <param name="item5">Value 5.</param>
    /// <param name="item6">Value 6.</param>
    /// <param name="item7">Value 7.</param>
    /// <param name="item8">Value 8.</param>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7,
        Output<T8> item8) =>
        new(JoinAsync(item1, item2, item3, item4, item5, item6, item7, item8));

    private static async Task<OutputData<(T1, T2)>> JoinAsync<T1, T2>(Output<T1> item1, Output<T2> item2)
    {
        var joiner = default(DataJoiner);
        var value1 = joiner.Add(await item1.DataTask.ConfigureAwait(false));
        var value2 = joiner.Add(await item2.DataTask.ConfigureAwait(false));
        return joiner.Complete((value1, value2));
    }

    private static async Task<OutputData<(T1, T2, T3)>> JoinAsync<T1, T2, T3>(Output<T1> item1, Output<T2> item2, Output<T3> item3)
    {
        var joiner = default(DataJoiner);
        var value1 = joiner.Add(await item1.DataTask.ConfigureAwait(false));
        var value2 = joiner.Add(await item2.DataTask.ConfigureAwait(false));
        var value3 = joiner.Add(await item3.DataTask.ConfigureAwait(false));
        return joiner.Complete((value1, value2, value3));
    }

    private static async Task<OutputData<(T1, T2, T3, T4)>> JoinAsync<T1, T2, T3, T4>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4)
    {
        var joiner = default(DataJoiner);
        var value1 = joiner.Add(await item1.DataTask.ConfigureAwait(false));
        var value2 = joiner.Add(await item2.DataTask.ConfigureAwait(false));
        var value3 = joiner.Add(await item3.DataTask.ConfigureAwait(false));
        var value4 = joiner.Add(await item4.DataTask.ConfigureAwait(false));
        return joiner.Complete((value1, value2, value3, value4));
    }

    private static async Task<OutputData<(T1, T2, T3, T4, T5)>> JoinAsync<T1, T2, T3, T4, T5>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5)
    {
        var joiner = default(DataJoiner);
        var value1 = joiner.Add(await item1.DataTask.ConfigureAwait(false));
        var value2 = joiner.Add(await item2.DataTask.ConfigureAwait(false));
        var value3 = joiner.Add(await item3.DataTask.ConfigureAwait(false));
        var value4 = joiner.Add(await item4.DataTask.ConfigureAwait(false));
        var value5 = joiner.Add(await item5.DataTask.ConfigureAwait(false));
        return joiner.Complete((value1, value2, value3, value4, value5));
    }

    private static async Task<OutputData<(T1, T2, T3, T4, T5, T6)>> JoinAsync<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6)
    {
        var joiner = default(DataJoiner);
        var value1 = joiner.Add(await item1.DataTask.ConfigureAwait(false));
        var value2 = joiner.Add(await item2.DataTask.ConfigureAwait(false));
        var value3 = joiner.Add(await item3.DataTask.ConfigureAwait(false));
        var value4 = joiner.Add(await item4.DataTask.ConfigureAwait(false));
        var value5 = joiner.Add(await item5.DataTask.ConfigureAwait(false));
        var value6 = joiner.Add(await item6.DataTask.ConfigureAwait(false));
        return joiner.Complete((value1, value2, value3, value4, value5, value6));
    }

    private static async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7)>> JoinAsync<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7)
    {
        var joiner = default(DataJoiner);
        var value1 = joiner.Add(await item1.DataTask.ConfigureAwait(false));
        var value2 = joiner.Add(await item2.DataTask.ConfigureAwait(false));
        var value3 = joiner.Add(await item3.DataTask.ConfigureAwait(false));
        var value4 = joiner.Add(await item4.DataTask.ConfigureAwait(false));
        var value5 = joiner.Add(await item5.DataTask.ConfigureAwait(false));
        var value6 = joiner.Add(await item6.DataTask.ConfigureAwait(false));
        var value7 = joiner.Add(await item7.DataTask.ConfigureAwait(false));
        return joiner.Complete((value1, value2, value3, value4, value5, value6, value7));
    }

    private static async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7, T8)>> JoinAsync<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7,
        Output<T8> item8)
    {
        var joiner = default(DataJoiner);
        var value1 = joiner.Add(await item1.DataTask.ConfigureAwait(false));
        var value2 = joiner.Add(await item2.DataTask.ConfigureAwait(false));
        var value3 = joiner.Add(await item3.DataTask.ConfigureAwait(false));
        var value4 = joiner.Add(await item4.DataTask.ConfigureAwait(false));
        var value5 = joiner.Add(await item5.DataTask.ConfigureAwait(false));
        var value6 = joiner.Add(await item6.DataTask.ConfigureAwait(false));
        var value7 = joiner.Add(await item7.DataTask.ConfigureAwait(false));
        var value8 = joiner.Add(await item8.DataTask.ConfigureAwait(false));
        return joiner.Complete((value1, value2, value3, value4, value5, value6, value7, value8));
    }
}

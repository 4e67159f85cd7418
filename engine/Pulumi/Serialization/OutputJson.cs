using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi.Serialization;

/// <summary>JSON texts of values that hold outputs, and values with outputs of JSON texts.</summary>
internal static class OutputJson
{
    public static async Task<OutputData<string>> SerializeAsync<T>(Task<OutputData<T>> source, JsonSerializerOptions? options)
    {
        var data = await source.ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return new OutputData<string>("", IsKnown: false, data.IsSecret, data.Resources);
        }

        // JSON converters cannot wait. A pass that meets outputs still under way notes them, and the next pass begins when they are
        // done; each pass completes at least one of finitely many outputs.
        while (true)
        {
            var joiner = new OutputJoiner();
            joiner.Add(data with { Value = default! });
            var json = JsonSerializer.Serialize(data.Value, OptionsWith(options, joiner));
            if (joiner.Pending.Count == 0)
            {
                return joiner.Complete(json);
            }

            await Task.WhenAll(joiner.Pending).ConfigureAwait(false);
        }
    }

    public static async Task<OutputData<T>> DeserializeAsync<T>(Task<OutputData<string>> source, JsonSerializerOptions? options)
    {
        var data = await source.ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return new OutputData<T>(default!, IsKnown: false, data.IsSecret, data.Resources);
        }

        var joiner = new OutputJoiner();
        joiner.Add(data);
        var value = JsonSerializer.Deserialize<T>(data.Value, OptionsWith(options, joiner));
        return new OutputData<T>(value!, IsKnown: true, data.IsSecret, data.Resources);
    }

    private static JsonSerializerOptions OptionsWith(JsonSerializerOptions? options, OutputJoiner joiner)
    {
        var result = options is null ? new JsonSerializerOptions() : new JsonSerializerOptions(options);
        result.Converters.Add(new ConverterFactory(joiner));
        return result;
    }

    /// <summary>What is known about all outputs met in one pass.</summary>
    private sealed class OutputJoiner
    {
        private DataJoiner _joiner;

        public List<Task> Pending { get; } = [];

        public void Add<T>(OutputData<T> data) => _joiner.Add(data);

        public OutputData<string> Complete(string json) => _joiner.Complete(_joiner.IsKnown ? json : "");

        public Output<T> Wrap<T>(T value) => Output<T>.Of(_joiner.Complete(value));
    }

    private sealed class ConverterFactory(OutputJoiner joiner) : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && (typeToConvert.GetGenericTypeDefinition() == typeof(Output<>) || InputOf(typeToConvert) is not null);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(
                InputOf(typeToConvert) is { } input
                    ? typeof(InputConverter<,>).MakeGenericType(typeToConvert, input.GenericTypeArguments[0])
                    : typeof(OutputConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments),
                joiner)!;

        private static Type? InputOf(Type type)
        {
            for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
            {
                if (candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(Input<>))
                {
                    return candidate;
                }
            }

            return null;
        }
    }

    private static void Write<T>(Utf8JsonWriter writer, Task<OutputData<T>> task, OutputJoiner joiner, JsonSerializerOptions options)
    {
        if (!task.IsCompletedSuccessfully)
        {
            joiner.Pending.Add(task);
            writer.WriteNullValue();
            return;
        }

#pragma warning disable RS0030 // The task has completed.
        var data = task.Result;
#pragma warning restore RS0030
        joiner.Add(data);
        if (data.IsKnown)
        {
            JsonSerializer.Serialize(writer, data.Value, options);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private sealed class OutputConverter<T>(OutputJoiner joiner) : JsonConverter<Output<T>>
    {
        public override Output<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            joiner.Wrap(JsonSerializer.Deserialize<T>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, Output<T> value, JsonSerializerOptions options) =>
            OutputJson.Write(writer, value.DataTask, joiner, options);
    }

    private sealed class InputConverter<TInput, T>(OutputJoiner joiner) : JsonConverter<TInput>
        where TInput : Input<T>
    {
        public override TInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var output = joiner.Wrap(JsonSerializer.Deserialize<T>(ref reader, options)!);
            Input<T> input = output;
            return input as TInput
                ?? (TInput?)typeToConvert.GetMethod("op_Implicit", [typeof(Output<T>)])?.Invoke(obj: null, [output])
                ?? throw new NotSupportedException($"{typeToConvert} cannot be read from JSON.");
        }

        public override void Write(Utf8JsonWriter writer, TInput value, JsonSerializerOptions options) =>
            OutputJson.Write(writer, value.AsOutput.DataTask, joiner, options);
    }
}

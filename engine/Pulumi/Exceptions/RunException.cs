namespace Pulumi;

/// <summary>Ends the run with a message for the program's author; its stack is not shown.</summary>
public class RunException : Exception
{
    /// <summary>Ends the run.</summary>
    /// <param name="message">What is wrong and how to fix it.</param>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>Ends the run.</summary>
    /// <param name="message">What is wrong and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public RunException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>For properties marked as outputs that are not of type <see cref="Output{T}"/>.</summary>
    /// <param name="outputAttributeNames">Their names.</param>
    public static RunException OutputsHaveIncorrectType(IEnumerable<string> outputAttributeNames) =>
        new($"Output(s) '{string.Join(", ", outputAttributeNames)}' have incorrect type. [Output] attributed properties must be instances of Output<T>.");
}

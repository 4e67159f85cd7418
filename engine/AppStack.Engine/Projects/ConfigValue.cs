namespace AppStack.Engine.Projects;

/// <summary>A configuration value for use: decrypted.</summary>
/// <param name="Text">The value; objects and lists as JSON text.</param>
/// <param name="Secret">Whether it, or anything in it, is secret.</param>
/// <param name="IsObject">Whether it is an object or a list.</param>
public sealed record ConfigValue(string Text, bool Secret, bool IsObject);
